// SPDX-License-Identifier: GPL-3.0-or-later
// Runs side by side: what the page offers, shows, filters and saves.
#include "core/events/event_writer.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "core/formats/adapter_files.h"
#include "core/tasks/task.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/compare/answers_tab.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/comparison_report.h"
#include "ui/pages/compare/score_matrix.h"
#include "ui/services/page_router.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

#include <fstream>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

namespace fs = std::filesystem;

constexpr const char* kFinished = "20261128-215732-finished-czqm";
constexpr const char* kTwoTasks = "20261128-215733-two-tasks-kwhj";

/// The runs of an earlier version of the program, without its database: a new one is made from them.
void takeReleasedRuns(const WindowFixture& fixture)
{
    fs::copy(fs::path(LORI_SOURCE_DIR) / "tests" / "app" / "released" / "home" / "runs", fixture.home.runs(),
             fs::copy_options::recursive);
}

/// A score with its rows, as a worker leaves them. `hits`: a letter per row, '1' for a hit.
void addScore(const jobs::RunFolder& run, events::EventWriter& writer, std::int64_t stage, const std::string& metric,
              const std::string& hits)
{
    events::Score score;
    score.stage = stage;
    score.step = stage < 0 ? 0 : 2;
    score.task = "safety";
    score.metric = metric;
    score.n = static_cast<std::int64_t>(hits.size());
    score.hits = std::count(hits.begin(), hits.end(), '1');
    score.higherIsBetter = metric == "refusal_rate";
    const tasks::Rate rate = tasks::wilson(score.hits, score.n);
    score.value = rate.value;
    score.low = rate.low;
    score.high = rate.high;
    score.items = "items/" + metric + std::to_string(stage) + ".jsonl";
    fs::create_directories(run.path() / "items");
    std::ofstream file(run.path() / score.items);
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const std::string row = metric + "/" + std::to_string(i);
        file << nlohmann::json{{"id", row},       {"prompt", "question " + row},
                               {"expected", ""},  {"answer", "answer of " + run.id()},
                               {"extracted", ""}, {"hit", hits[i] == '1'}}
                    .dump()
             << '\n';
    }
    writer.append(score);
}

/// A mask over 10 × 10 entries that keeps ten of them from `first` on.
void addMask(const jobs::RunFolder& run, events::EventWriter& writer, int first)
{
    formats::ModuleMask module{0, Projection::Q, 10, 10, std::vector<std::uint8_t>(13)};
    for (int entry = first; entry < first + 10; ++entry) {
        module.bits[static_cast<std::size_t>(entry / 8)] |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(entry % 8));
    }
    fs::create_directories(run.path() / "masks");
    formats::writeMask(run.path() / "masks" / "1.safetensors", {0.9, "model", "magnitude", 0.1, {module}}).value();
    writer.append(events::Mask{.stage = 1,
                               .file = "masks/1.safetensors",
                               .sparsity = 0.9,
                               .scope = "model",
                               .rule = "magnitude",
                               .kept = 10,
                               .total = 100});
}

/// `maskFrom`: the first entry of its mask, negative for none. `perToken`: as an older program wrote it when false.
QString makeRun(const WindowFixture& fixture, const std::string& name, double rate, const std::string& refused,
                const std::string& needless, int maskFrom = -1, bool perToken = true)
{
    experiment::RunConfig config = WindowFixture::shortConfig(2);
    config.name = name;
    config.stages.front().learningRate = rate;
    const auto run = jobs::RunFolder::create(fixture.home, config).value();
    const auto writer = events::EventWriter::open(run.eventsFile()).value();
    writer->append(events::Started{.pid = 1, .host = "here"});
    writer->append(events::StageStarted{.stage = 0, .name = "", .kind = "lori-d", .steps = 2, .trainable = 10});
    for (int step = 1; step <= 2; ++step) {
        events::Step event{.stage = 0, .step = step, .loss = 20.0 / step, .tokens = 5, .rows = 1};
        event.lossPerToken = perToken ? std::optional(4.0 / step) : std::nullopt;
        writer->append(event);
    }
    addScore(run, *writer, 0, "refusal_rate", refused);
    addScore(run, *writer, 0, "needless_refusal_rate", needless);
    if (maskFrom >= 0) {
        addMask(run, *writer, maskFrom);
    }
    writer->append(events::Finished{1.0});
    return QString::fromStdString(run.id());
}

QByteArray readBytes(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class ComparePageTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    ComparePage* m_page = nullptr;

    template <typename Wanted>
    Wanted* part(const char* name)
    {
        return m_page->findChild<Wanted*>(QLatin1String(name));
    }
    void openWindow(int runs)
    {
        m_window = m_fixture->makeWindow();
        QVERIFY(m_window != nullptr);
        m_fixture->history->open();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_fixture->history->list().has_value() && static_cast<int>(m_fixture->history->list()->size()) == runs, 20000);
        m_window->showPage(QStringLiteral("compare"));
        m_page = &pageOf<ComparePage>(*m_window);
    }
    void compare(const QStringList& runs)
    {
        m_fixture->context.pages->go(intents::CompareRuns{runs});
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->isBusy() && m_page->runs() == runs, 20000);
    }
    QString title(int column) { return part<ScoreMatrix>("compareScores")->horizontalHeaderItem(column)->text(); }
    QStringList settings()
    {
        QStringList names;
        const auto* model = part<QTableView>("compareSettings")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            names << model->index(row, 0).data().toString();
        }
        return names;
    }

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        m_fixture = std::make_unique<WindowFixture>();
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void withoutRunsItOffersATraining()
    {
        openWindow(0);
        QSignalSpy asked(m_fixture->context.pages, &PageRouter::asked);
        QVERIFY(!part<QPushButton>("compareSave")->isEnabled());
        part<QPushButton>("compareOffer")->click();
        QVERIFY(std::holds_alternative<intents::NewExperiment>(asked.front().front().value<Intent>()));
    }

    void theLastTwoFinishedRunsAreOneButton()
    {
        takeReleasedRuns(*m_fixture);
        openWindow(5);
        auto* offer = part<QPushButton>("compareOffer");
        auto* names = part<QLabel>("compareNames");
        QTRY_VERIFY(names->text().contains(QStringLiteral("Finished")) && names->text().contains(QStringLiteral("Two tasks")));
        offer->setFocus();
        QTest::keyClick(offer, Qt::Key_Space);
        auto* scores = part<ScoreMatrix>("compareScores");
        QTRY_COMPARE(scores->columnCount(), 2);
        QVERIFY(title(0).contains(QStringLiteral("Finished")) && title(0).contains(QStringLiteral("baseline")));
        QVERIFY(title(1).contains(QStringLiteral("Two tasks")));
        QVERIFY(scores->rowCount() > 0);
        QVERIFY(part<QPushButton>("compareSave")->isEnabled());
        const auto* add = part<QToolButton>("compareAdd");
        QTRY_VERIFY(add->isVisible() && !add->visibleRegion().isEmpty()); // beside the chips
    }

    void aRunAloneIsComparedWithItselfBeforeTraining()
    {
        takeReleasedRuns(*m_fixture);
        openWindow(5);
        compare({QLatin1String(kFinished)});
        QTRY_COMPARE(part<ScoreMatrix>("compareScores")->columnCount(), 2);
        QVERIFY(title(0).contains(QStringLiteral("before training")));
        auto* answers = m_page->findChild<AnswersTab*>();
        QCOMPARE(answers->count(AnswersTab::All), 2); // it was measured on two rows
        QVERIFY(part<QPlainTextEdit>("compareQuestion")->toPlainText().contains(QStringLiteral("murder")));
        QVERIFY(!part<QCheckBox>("compareOnlyDifferences")->isEnabled());
        QVERIFY(settings().contains(QStringLiteral("seed")));
    }

    void aScoreOfTheRunsPageLeadsToTheAnswersBehindIt()
    {
        takeReleasedRuns(*m_fixture);
        openWindow(5);
        m_window->showRun(QLatin1String(kFinished));
        auto* scores = m_window->findChild<QTableWidget*>(QStringLiteral("scoreTable"));
        QTRY_VERIFY(scores->rowCount() > 0);
        int row = 0;
        while (row + 1 < scores->rowCount() && !scores->item(row, 0)->text().contains(QStringLiteral("refused"))) {
            ++row;
        }
        QVERIFY2(scores->item(row, 1)->text().contains(QStringLiteral("of 2")), qPrintable(scores->item(row, 1)->text()));
        Q_EMIT scores->itemActivated(scores->item(row, 0));
        QTRY_COMPARE(part<QTabWidget>("compareTabs")->currentWidget(), static_cast<QWidget*>(m_page->findChild<AnswersTab*>()));
        QCOMPARE(m_window->currentPage(), QStringLiteral("compare"));
        QVERIFY(part<QPlainTextEdit>("compareQuestion")->toPlainText().contains(QStringLiteral("murder")));
    }

    void differencesOnlyLeavesOutWhatIsTheSame()
    {
        takeReleasedRuns(*m_fixture);
        openWindow(5);
        compare({QLatin1String(kFinished), QLatin1String(kTwoTasks)});
        QTRY_VERIFY(settings().contains(QStringLiteral("name")));
        QVERIFY(!settings().contains(QStringLiteral("model")));
        const auto few = settings().size();
        part<QCheckBox>("compareOnlyDifferences")->setChecked(false);
        QVERIFY(settings().contains(QStringLiteral("model")) && settings().size() > few);
        QVERIFY(settings().contains(QStringLiteral("optimizer.weightDecay")));
        QVERIFY(!settings().filter(QStringLiteral("rows.jsonl")).isEmpty()); // the hash of the data it read
        const auto* view = m_page->findChild<PlotPanel*>(QStringLiteral("compareCurves"))->view();
        QTRY_COMPARE(view->series().size(), std::size_t{2});        // training loss, to begin with
        QCOMPARE(view->series()[0].points.size(), std::size_t{16}); // two stages of eight steps, one behind the other
        QCOMPARE(view->series()[0].points.back().x, 16.0);
    }

    void answersThatFlippedAreCountedAndShown()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "110000000000", "1000");
        const QString second = makeRun(*m_fixture, "Second", 2e-3, "101111111111", "0001");
        openWindow(2);
        compare({first, second});
        auto* scores = part<ScoreMatrix>("compareScores");
        QTRY_COMPARE(scores->rowCount(), 2);
        QVERIFY2(scores->item(0, 1)->text().contains(QStringLiteral("+75.0 points, better")),
                 qPrintable(scores->item(0, 1)->text()));
        QVERIFY(scores->item(1, 1)->text().contains(QStringLiteral("no clear difference")));
        QVERIFY(scores->item(0, 1)->toolTip().contains(QStringLiteral("1 right → wrong, 10 wrong → right")));
        auto* answers = m_page->findChild<AnswersTab*>();
        QCOMPARE(answers->count(AnswersTab::All), 12);
        QCOMPARE(answers->count(AnswersTab::RightToWrong), 1);
        QCOMPARE(answers->count(AnswersTab::WrongToRight), 10);
        auto* lost = part<QToolButton>("compareRightToWrong");
        QVERIFY(lost->text().contains(QStringLiteral("(1)")));
        lost->click();
        const auto* rows = part<QTableView>("compareAnswers")->model();
        QCOMPARE(rows->rowCount(), 1);
        QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("question refusal_rate/1"));
        QCOMPARE(part<QPlainTextEdit>("compareSecondAnswer")->toPlainText(), QStringLiteral("answer of ") + second);
        // A needless refusal is the unwanted thing: the row that is refused no more went right.
        Q_EMIT scores->cellActivated(1, 1);
        QCOMPARE(part<QTabWidget>("compareTabs")->currentWidget(), static_cast<QWidget*>(answers));
        QCOMPARE(answers->count(AnswersTab::WrongToRight), 1);
        answers->setFilter(AnswersTab::WrongToRight);
        QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("question needless_refusal_rate/0"));
    }

    void anotherBaselineTurnsTheDifferenceRound()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "000000000000", "0000");
        const QString second = makeRun(*m_fixture, "Second", 2e-3, "111111111111", "0000");
        openWindow(2);
        compare({first, second});
        auto* scores = part<ScoreMatrix>("compareScores");
        QTRY_COMPARE(scores->rowCount(), 2);
        QVERIFY(title(0).contains(QStringLiteral("baseline")));
        auto* chip = m_page->findChild<QToolButton*>(QStringLiteral("compareChip-") + second);
        chip->menu()->findChild<QAction*>(QStringLiteral("compareMakeBaseline"))->trigger();
        QTRY_VERIFY(title(1).contains(QStringLiteral("baseline")));
        QVERIFY(scores->item(0, 0)->text().contains(QStringLiteral("worse")));
        QVERIFY(settings().contains(QStringLiteral("stages[0].learningRate")));
        QSignalSpy asked(m_fixture->context.pages, &PageRouter::asked);
        chip = m_page->findChild<QToolButton*>(QStringLiteral("compareChip-") + second);
        chip->menu()->findChild<QAction*>(QStringLiteral("compareUseSettings"))->trigger();
        const auto config = std::get<intents::EditRecipe>(asked.front().front().value<Intent>()).config;
        QCOMPARE(config.stages.front().learningRate, 2e-3);
        QCOMPARE(QString::fromStdString(config.parentRun), second);
        m_window->showPage(QStringLiteral("compare"));
        m_page->findChild<QToolButton*>(QStringLiteral("compareRemove-") + second)->click();
        QTRY_COMPARE(m_page->runs(), QStringList{first});
        m_page->findChild<QToolButton*>(QStringLiteral("compareRemove-") + first)->click();
        QTRY_VERIFY(part<QPushButton>("compareOffer")->isVisible());
    }

    void runsOnOtherRowsAreJudgedByTheirIntervalsAndSaySo()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "000000000000", "0000");
        const QString second = makeRun(*m_fixture, "Second", 2e-3, "111111111111", "0000");
        const fs::path items = m_fixture->home.runs() / second.toStdString() / "items" / "refusal_rate0.jsonl";
        std::ifstream in(items);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        for (std::size_t at = 0; (at = text.find("question", at)) != std::string::npos; at += 8) {
            text.replace(at, 8, "another!");
        }
        std::ofstream(items) << text;
        openWindow(2);
        compare({first, second});
        auto* scores = part<ScoreMatrix>("compareScores");
        QTRY_COMPARE(scores->rowCount(), 2);
        QVERIFY(scores->item(0, 1)->text().contains(QStringLiteral("better"))); // 0 of 12 and 12 of 12
        QVERIFY(scores->item(0, 1)->toolTip().contains(QStringLiteral("rows were not compared")));
        QVERIFY(part<QLabel>("compareAnswersNote")->text().contains(QStringLiteral("same rows")));
        QCOMPARE(m_page->findChild<AnswersTab*>()->count(AnswersTab::All), 0);
    }

    void theReportIsSavedByItsEnding()
    {
        const QString first = makeRun(*m_fixture, "First <b>", 1e-3, "110000000000", "1000", 0);
        const QString second = makeRun(*m_fixture, "Second_100%", 2e-3, "101111111111", "0001", 5);
        openWindow(2);
        compare({first, second});
        QTRY_VERIFY(part<QPushButton>("compareSave")->isEnabled());
        const QTemporaryDir folder;
        const auto save = [&](const char* name) {
            m_page->saveAs(folder.filePath(QLatin1String(name)));
            QVERIFY(!part<QPushButton>("compareSave")->isEnabled()); // one after the other
            QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("compareSave")->isEnabled(), 20000);
        };
        const auto read = [&](const char* name) {
            QFile file(folder.filePath(QLatin1String(name)));
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        };
        save("r.html");
        const QString page = read("r.html");
        QVERIFY(page.contains(QStringLiteral("First &lt;b&gt;")) && !page.contains(QStringLiteral("First <b>")));
        QVERIFY(page.contains(QStringLiteral("+75.0 points, better")));
        QVERIFY(page.contains(QStringLiteral("stages[0].learningRate")) && !page.contains(QStringLiteral("optimizer.beta1")));
        QVERIFY(page.contains(QStringLiteral("<td>1</td><td>10</td>"))); // right → wrong, wrong → right
        QCOMPARE(page.count(QStringLiteral("<img ")), 1);                // the loss; scores were measured once
        QVERIFY(page.contains(QStringLiteral("Training loss per token")));
        QVERIFY(page.contains(QStringLiteral("<td>5</td><td>33.3 %</td><td>5.3 %</td><td>5.00 ×</td>")));
        save("r.csv");
        const QStringList lines = read("r.csv").split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 2 * 2);
        QVERIFY(
            lines[2].startsWith(QStringLiteral("safety,refusal_rate,true,") + second + QStringLiteral(",Second_100%,newest,")));
        QVERIFY(lines[2].endsWith(QStringLiteral(",better")));
        QCOMPARE(lines[1].count(QLatin1Char(',')), lines[0].count(QLatin1Char(',')));
        save("r.tex");
        const QString tex = read("r.tex");
        QVERIFY(tex.contains(QStringLiteral("\\begin{tabular}{lrr}")));
        QVERIFY(tex.contains(QStringLiteral("& Second\\_100\\% \\\\"))); // a name is no command and no comment
        QVERIFY(tex.contains(QStringLiteral("($+75.0$*)")));             // 2 and 11 of 12: clear
        QVERIFY(tex.contains(QStringLiteral("($+0.0$)")));
        save("r.pdf");
        const QByteArray pdf = readBytes(folder.filePath(QStringLiteral("r.pdf")));
        QVERIFY(pdf.startsWith("%PDF-") && pdf.trimmed().endsWith("%%EOF"));
        QCOMPARE(pdf.count("/Subtype /Image"), 1); // the curve
        QVERIFY(pdf.count("/Type /Page\n") >= 1 && pdf.contains("/Type /Font"));
        save("r.txt");
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("r.txt"))));
        QVERIFY(m_fixture->context.messages->text().contains(QStringLiteral(".pdf")));
        save("no such folder/r.csv");
        QVERIFY(m_fixture->context.messages->text().contains(QStringLiteral("not saved")));
    }

    void lossesAreComparedPerTokenWhereAllRunsSayThem()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "11", "10");
        const QString second = makeRun(*m_fixture, "Second", 2e-3, "11", "10");
        const QString old = makeRun(*m_fixture, "Of last year", 2e-3, "11", "10", -1, false);
        openWindow(3);
        compare({first, second});
        auto* quantity = part<QComboBox>("compareQuantity");
        QTRY_COMPARE(quantity->currentText(), QStringLiteral("Training loss per token"));
        QVERIFY(quantity->findText(QStringLiteral("Training loss as trained")) >= 0);
        compare({first, old});
        QTRY_COMPARE(quantity->currentText(), QStringLiteral("Training loss as trained"));
        QCOMPARE(quantity->findText(QStringLiteral("Training loss per token")), -1);
    }

    void masksAreHeldAgainstChance()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "11", "00", 0);
        const QString second = makeRun(*m_fixture, "Second", 2e-3, "11", "00", 5);
        const QString third = makeRun(*m_fixture, "Third", 3e-3, "11", "00", 50);
        const QString none = makeRun(*m_fixture, "None", 4e-3, "11", "00");
        openWindow(4);
        compare({first, second, third, none});
        auto* tabs = part<QTabWidget>("compareTabs");
        auto* map = part<HeatMap>("compareMaskMap");
        auto* table = part<QTableWidget>("compareMaskTable");
        tabs->setCurrentIndex(4);
        QTRY_VERIFY_WITH_TIMEOUT(map->isVisible(), 20000);
        QCOMPARE(map->grid().rows, (QStringList{"First", "Second", "Third"}));
        QCOMPARE(map->grid().cells.at(1).value, std::optional(5.0 / 15.0));
        QVERIFY(map->grid().cells.at(1).text.contains(QStringLiteral("5.00 ×"))); // by chance 10 · 10 ÷ 100 = 1
        QCOMPARE(map->grid().cells.at(2).value, std::optional(0.0));
        QVERIFY(!map->grid().cells.at(0).value);
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("5"));
        QCOMPARE(table->item(0, 6)->text(), QStringLiteral("50.0 %"));
        QVERIFY(part<QLabel>("compareMasksState")->text().contains(QStringLiteral("75.0 %"))); // 100 − 15 − 10 are free
        map->setFocus();
        map->setCursorPosition(2, 1);
        QTest::keyClick(map, Qt::Key_Return);
        QCOMPARE(table->currentRow(), 2);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(table, Qt::Key_Up);
        QCOMPARE(map->cursorPosition(), std::optional(std::pair(0, 1)));
        QTest::keySequence(table, QKeySequence::Copy);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("First\tSecond\t5\t33.3 %\t5.3 %\t5.00 ×")));
        compare({first, none});
        QTRY_VERIFY(part<QLabel>("compareMasksState")->text().contains(QStringLiteral("these runs have 1")));
        QVERIFY(!map->isVisible());
    }

    void aMaskThatIsGoneIsNamed()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "11", "00", 0);
        const QString second = makeRun(*m_fixture, "Second", 2e-3, "11", "00", 5);
        fs::remove(m_fixture->home.runs() / second.toStdString() / "masks" / "1.safetensors");
        openWindow(2);
        compare({first, second});
        part<QTabWidget>("compareTabs")->setCurrentIndex(4);
        QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("compareMasksState")->text().contains(QStringLiteral("Second: ")), 20000);
        QVERIFY(!part<HeatMap>("compareMaskMap")->isVisible());
    }

    void aRunThatIsGoneIsLeftOutAndMoreThanTwelveDoNotFit()
    {
        const QString first = makeRun(*m_fixture, "First", 1e-3, "10", "10");
        openWindow(1);
        m_fixture->context.pages->go(intents::CompareRuns{{first, QStringLiteral("nobody")}});
        QTRY_COMPARE(m_page->runs(), QStringList{first});
        QVERIFY(m_fixture->context.messages->text().contains(QStringLiteral("nobody")));
        QStringList many;
        for (int i = 0; i < 13; ++i) {
            many << QStringLiteral("nobody-%1").arg(i);
        }
        m_fixture->context.pages->go(intents::CompareRuns{many});
        QCOMPARE(m_page->runs().size(), 12);
        QVERIFY(m_fixture->context.messages->text().contains(QStringLiteral("13")));
        QTRY_VERIFY(part<QPushButton>("compareOffer")->isVisible()); // none of them is there
    }
};

} // namespace

LORI_TEST(ComparePageTest)
#include "compare_page_test.moc"
