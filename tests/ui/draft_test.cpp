// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_files.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/data_card.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/home/home_page.h"
#include "ui/services/data_check.h"
#include "ui/services/draft_store.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/model_facts.h"
#include "ui/text.h"

#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QTextBrowser>
#include <QToolButton>

#include <set>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

namespace {

QString problemsOf(ExperimentPage& page)
{
    QStringList found;
    auto* problems = page.findChild<QListWidget*>(QStringLiteral("problems"));
    for (int i = 0; i < problems->count(); ++i) {
        found.append(problems->item(i)->text());
    }
    return found.join(QLatin1Char('\n'));
}

QString notesOf(ExperimentPage& page)
{
    return page.findChild<QLabel*>(QStringLiteral("previewNotes"))->text();
}

} // namespace

/// The draft is kept, and what it names is looked at before it may be started.
class DraftTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const char* name, const QByteArray& text)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
    }

    static void useFile(ExperimentPage& page, const QString& file)
    {
        page.draft().setField(QStringLiteral("data.sources[0]"),
                              QStringLiteral("{\"file\": \"%1\", \"promptTemplate\": \"chat\"}").arg(file));
    }

private Q_SLOTS:
    void aKilledWindowsDraftIsThereAgain()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.draft().setField(QStringLiteral("name"), QStringLiteral("Twenty settings"));
        page.draft().setField(QStringLiteral("adapter.rank"), QStringLiteral("12"));
        page.setAdvanced(true);
        auto* rate = page.findChild<QLineEdit*>(QStringLiteral("stages[0].learningRate"));
        rate->setFocus();
        rate->selectAll();
        QTest::keyClicks(rate, QStringLiteral("5e-"));
        QTest::qWait(DraftStore::kDelayMs + 200);
        // the first window is not closed, so it can write no farewell: what the second finds is what a kill leaves
        WindowFixture second(QString::fromStdString(fixture.home.root.string()));
        const auto again = second.makeWindow();
        const ExperimentDraft& draft = pageOf<ExperimentPage>(*again).draft();
        QVERIFY(draft.config() == page.draft().config());
        QCOMPARE(draft.config().name, std::string("Twenty settings"));
        QCOMPARE(draft.changedPaths(), page.draft().changedPaths());
        QCOMPARE(draft.unreadableText(QStringLiteral("stages[0].learningRate")), QStringLiteral("5e-"));
        pageOf<ExperimentPage>(*again).setAdvanced(true);
        QCOMPARE(pageOf<ExperimentPage>(*again).findChild<QLineEdit*>(QStringLiteral("stages[0].learningRate"))->text(),
                 QStringLiteral("5e-"));
    }

    void aDamagedDraftChangesNothing()
    {
        WindowFixture fixture;
        QFile file(QString::fromStdString((fixture.home.root / "draft.json").string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"version\": 1, \"config\": {\"stages\": 7}, \"base\": []}");
        file.close();
        const auto window = fixture.makeWindow();
        QVERIFY(pageOf<ExperimentPage>(*window).draft().issues().empty());
    }

    void theTimeSaysWhatItIsFoundedOnAndAnOwnFilesRowsCount()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        if (!formats::resolveModel(fixture.home.root, page.draft().config().model)) {
            QSKIP("the embedded model is not installed here (packaging/install-deps.sh)");
        }
        auto* time = page.findChild<QLabel*>(QStringLiteral("estimate0"));
        auto* basis = page.findChild<QLabel*>(QStringLiteral("estimateBasis"));
        // no run has measured this machine yet: a range, and why
        QTRY_VERIFY2(time->text().count(QStringLiteral("about")) == 2, qPrintable(time->text()));
        QVERIFY2(basis->text().contains(QStringLiteral("assumed until a run has measured it")), qPrintable(basis->text()));

        const auto rows = [](qsizetype letters) {
            const QByteArray row =
                "{\"instruction\":\"" + QByteArray(86, 'q') + "\",\"output\":\"" + QByteArray(letters, 'a') + "\"}\n";
            return row.repeated(60);
        };
        DataCheck check(nullptr);
        experiment::RunConfig config = WindowFixture::shortConfig();
        config.data.sources = {experiment::DataSource()};
        config.data.sources[0].file = write("short.jsonl", rows(43)).toStdString();
        const auto isRead = [&] {
            return !check.look(config).front()->reading;
        };
        QTRY_VERIFY(isRead());
        const experiment::DataLengths lengths = check.look(config).front()->lengths;
        QCOMPARE(lengths.rows, std::int64_t{60});
        QCOMPARE(lengths.meanResponseTokens, 43 / 4.3 + 1);
        QCOMPARE(lengths.meanTokens, 86 / 4.3 + 30 + 43 / 4.3 + 1);
        ModelFacts facts(fixture.home);
        QCOMPARE(facts.lengths(config, {lengths}).meanTokens, lengths.meanTokens);
        QCOMPARE(facts.lengths(config).rows, std::int64_t{0}); // nobody has read the file

        useFile(page, QString::fromStdString(config.data.sources[0].file));
        QTRY_VERIFY2(basis->text().contains(QStringLiteral("letters in your rows")), qPrintable(basis->text()));
        QVERIFY2(!time->toolTip().contains(QStringLiteral("row lengths assumed")), qPrintable(time->toolTip()));
    }

    void twoExperimentsDifferInTheirFrozenA()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        std::set<std::uint64_t> seeds{page.draft().config().adapter.projectionSeed};
        for (const auto& preset : experiment::presets()) {
            page.usePreset(preset.id);
            seeds.insert(page.draft().config().adapter.projectionSeed);
            QVERIFY(page.draft().changedPaths().empty());
        }
        QCOMPARE(seeds.size(), experiment::presets().size() + 1);
        QTRY_VERIFY(page.findChild<QLabel*>(QStringLiteral("previewStages"))
                        ->text()
                        .contains(QString::number(page.draft().config().adapter.projectionSeed)));
    }

    void aSeedThatMeetsAnEarlierRunsIsSaidAndANewOneIsOneClickAway()
    {
        WindowFixture fixture;
        auto config = WindowFixture::shortConfig();
        config.name = "Capitals";
        config.adapter.projectionSeed = 77;
        QVERIFY(jobs::RunFolder::create(fixture.home, config).has_value());
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        config.name = "Another task";
        page.useConfig(config);
        QTRY_VERIFY2(notesOf(page).contains(QStringLiteral("Capitals")), qPrintable(notesOf(page)));
        QVERIFY(notesOf(page).contains(QStringLiteral("77")));
        Q_EMIT page.findChild<QLabel*>(QStringLiteral("previewNotes"))->linkActivated(QStringLiteral("new-seed"));
        QVERIFY(page.draft().config().adapter.projectionSeed != 77);
        QTRY_VERIFY(!notesOf(page).contains(QStringLiteral("Capitals")));
    }

    void filesThatCannotWorkAreNotReady_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("said"); ///< part of the problem
        QTest::newRow("missing") << m_folder.filePath(QStringLiteral("nowhere.csv")) << QStringLiteral("nowhere.csv");
        QTest::newRow("a folder") << m_folder.path() << m_folder.path();
        QTest::newRow("text") << write("notes.txt", "Dear diary,\ntoday it rained.\n") << QStringLiteral("notes.txt");
        QTest::newRow("empty") << write("empty.jsonl", "") << QStringLiteral("empty");
        QTest::newRow("broken lines") << write("broken.jsonl", "{\"instruction\": \"a\", \"output\": \"b\"}\n{\"instruction\": \n"
                                                               "{\"instruction\": \"c\", \"output\": \"d\"}\nnot json\n")
                                      << QStringLiteral("2");
        QTest::newRow("unknown columns") << write("columns.jsonl", "{\"fish\": \"a\", \"fowl\": \"b\"}\n")
                                         << QStringLiteral("fish");
        QTest::newRow("German columns") << write("kunden.csv", "Kunde sagte;Nummer;wir antworteten\nHallo;1;Guten Tag\n")
                                        << QStringLiteral("Kunde sagte");
        QTest::newRow("not UTF-8") << write("latin1.csv", "instruction,output\nK\xe4se,ja\n") << QStringLiteral("UTF-8");
        QTest::newRow("no answers") << write("half.csv", "instruction\nWhat is it?\n") << QStringLiteral("half.csv");
    }
    void filesThatCannotWorkAreNotReady()
    {
        QFETCH(QString, file);
        QFETCH(QString, said);
        QVERIFY(!file.isEmpty());
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        useFile(page, file);
        QTRY_VERIFY(page.findChild<ExperimentDataCard*>()->isVisible());
        QVERIFY(!page.canStart()); // not even while it is being read
        QTRY_VERIFY2(problemsOf(page).contains(said), qPrintable(problemsOf(page)));
        QTRY_VERIFY2(!problemsOf(page).contains(QStringLiteral("being read")), qPrintable(problemsOf(page)));
        QVERIFY2(problemsOf(page).contains(said), qPrintable(problemsOf(page)));
        QVERIFY(!page.findChild<QPushButton*>(QStringLiteral("startExperiment"))->isEnabled());
    }

    void rowsThatAreGoneAreFoundFromTheForm()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        useFile(page, m_folder.filePath(QStringLiteral("nowhere.csv")));
        QTRY_VERIFY2(notesOf(page).contains(QStringLiteral("find-rows")), qPrintable(notesOf(page)));
        QVERIFY2(!notesOf(page).contains(QStringLiteral("href=\"data\"")), qPrintable(notesOf(page))); // no rows to look at
        const QString moved = write("moved.csv", "question,answer\na,b\nc,d\n");
        auto* notes = page.findChild<QLabel*>(QStringLiteral("previewNotes"));
        Q_EMIT notes->linkActivated(QStringLiteral("find-rows"));
        auto* dialog = page.findChild<QFileDialog*>(QStringLiteral("findRowsDialog"));
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->windowTitle().contains(QStringLiteral("nowhere.csv")));
        Q_EMIT dialog->fileSelected(moved);
        delete dialog;
        QCOMPARE(QString::fromStdString(page.draft().config().data.sources.front().file), moved);
        QTRY_VERIFY2(!notesOf(page).contains(QStringLiteral("find-rows")), qPrintable(notesOf(page)));
        fixture.undo.undo();
        QVERIFY(page.draft().config().data.sources.front().file.ends_with("nowhere.csv"));
    }

    void brokenRowsAreOneLinkAway()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        useFile(page, write("halves.jsonl", "{\"instruction\": \"a\", \"output\": \"b\"}\n{\"instruction\": \n"));
        QTRY_VERIFY2(notesOf(page).contains(QStringLiteral("href=\"data\"")), qPrintable(notesOf(page)));
        QTRY_VERIFY2(!problemsOf(page).contains(QStringLiteral("being read")), qPrintable(problemsOf(page)));
        Q_EMIT page.findChild<QLabel*>(QStringLiteral("previewNotes"))->linkActivated(QStringLiteral("data"));
        QCOMPARE(window->currentPage(), QStringLiteral("data"));
        const auto* broken = window->page(QStringLiteral("data"))->findChild<QTableView*>(QStringLiteral("problemsTable"));
        QVERIFY(broken != nullptr);
        QTRY_COMPARE(broken->model()->rowCount(), 1); // of this file
    }

    void whatIsMeasuredIsNamedInThePreview()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.draft().edit(QStringLiteral("tasks"), [](experiment::RunConfig& config) {
            config.evaluation.tasks.resize(2);
            config.evaluation.tasks[0] = {};
            config.evaluation.tasks[0].task = "safety";
            config.evaluation.tasks[0].limit = 0;
            config.evaluation.tasks[1] = {};
            config.evaluation.tasks[1].task = "maths";
            config.evaluation.tasks[1].limit = 20;
        });
        const auto* stages = page.findChild<QLabel*>(QStringLiteral("previewStages"));
        const QString wanted = QStringLiteral("5. Evaluate: %1, %2 (20 rows)")
                                   .arg(Text::task(QStringLiteral("safety")), Text::task(QStringLiteral("maths")));
        QTRY_VERIFY2(stages->text().contains(wanted), qPrintable(stages->text()));
        page.draft().edit(QStringLiteral("none"), [](experiment::RunConfig& config) { config.evaluation.tasks.clear(); });
        QTRY_VERIFY2(stages->text().contains(QStringLiteral("5. Evaluate\n")), qPrintable(stages->text()));
    }

    void aGoodFileShowsItsRowsAndColumnsAndFewRowsAreNoted()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        QByteArray text = "question,answer\n";
        for (int i = 0; i < 60; ++i) {
            text += "Capital of " + QByteArray::number(i) + "?,City " + QByteArray::number(i) + "\n";
        }
        useFile(page, write("capitals.csv", text));
        auto* title = page.findChild<QLabel*>(QStringLiteral("dataTitle"));
        QTRY_VERIFY2(title->text().contains(QStringLiteral("60 rows")), qPrintable(title->text()));
        const auto* rows = page.findChild<QTableWidget*>(QStringLiteral("dataRows"));
        QCOMPARE(rows->item(0, 0)->text(), QStringLiteral("Capital of 0?"));
        QCOMPARE(rows->item(2, 1)->text(), QStringLiteral("City 2"));
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("dataColumns"))->text().contains(QStringLiteral("question")));
        QTRY_VERIFY2(problemsOf(page).isEmpty() || !problemsOf(page).contains(QStringLiteral("capitals")),
                     qPrintable(problemsOf(page)));
        QTRY_VERIFY2(notesOf(page).contains(QStringLiteral("held out")), qPrintable(notesOf(page)));
        useFile(page, write("two.csv", "question,answer\na,b\nc,d\n"));
        QTRY_VERIFY2(notesOf(page).contains(QStringLiteral("only 2 rows")), qPrintable(notesOf(page)));
        // the file is changed behind the window's back: Start looks again
        write("two.csv", "fish,fowl\na,b\nc,d\ne,f\n");
        page.start();
        QVERIFY(!page.canStart());
        QTRY_VERIFY2(problemsOf(page).contains(QStringLiteral("fish")), qPrintable(problemsOf(page)));
    }

    void aRowIsShownAsTheModelSeesIt()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        if (!formats::resolveModel(fixture.home.root, page.draft().config().model)) {
            QSKIP("the embedded model is not installed here (packaging/install-deps.sh)");
        }
        window->showPage(QStringLiteral("experiment"));
        useFile(page,
                write("talk.jsonl",
                      R"({"messages":[{"role":"user","content":"Wo ist 北京?"},{"role":"assistant","content":"In China."}]})"
                      "\n"
                      R"({"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"Because <it> is."}]})"
                      "\n"));
        const auto* text = page.findChild<QTextBrowser*>(QStringLiteral("seenText"));
        QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("In China.<|im_end|>")));
        QVERIFY(text->isVisibleTo(&page));
        QVERIFY(
            text->toPlainText().contains(QStringLiteral("<|im_start|>user\nWo ist 北京?<|im_end|>\n<|im_start|>assistant\n")));
        QTextCursor cursor = text->document()->find(QStringLiteral("China"));
        QVERIFY(cursor.charFormat().fontWeight() == QFont::Bold); // learned
        cursor = text->document()->find(QStringLiteral("Wo ist"));
        QVERIFY(cursor.charFormat().fontWeight() != QFont::Bold);
        QVERIFY(cursor.charFormat().underlineStyle() == QTextCharFormat::NoUnderline);
        cursor = text->document()->find(QStringLiteral("im_end")); // a special token is marked apart
        QVERIFY(cursor.charFormat().underlineStyle() == QTextCharFormat::DotLine);
        const auto* note = page.findChild<QLabel*>(QStringLiteral("seenNote"));
        QVERIFY2(note->text().contains(QStringLiteral("of the model are underlined")), qPrintable(note->text()));
        QVERIFY2(note->text().contains(QStringLiteral("are learned")), qPrintable(note->text()));

        auto* later = page.findChild<QToolButton*>(QStringLiteral("seenLater"));
        later->setFocus();
        QTest::keyClick(later, Qt::Key_Space);
        QVERIFY2(text->toPlainText().contains(QStringLiteral("Because <it> is.")), qPrintable(text->toPlainText()));
        QVERIFY(!later->isEnabled());
        page.draft().setField(QStringLiteral("data.maxTokens"), QStringLiteral("16"));
        QTRY_VERIFY2(note->text().contains(QStringLiteral("is cut")), qPrintable(note->text()));
    }

    void aTemplateThatRefusesARowSaysSoInItsOwnWords()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        if (!formats::resolveModel(fixture.home.root, page.draft().config().model)) {
            QSKIP("the embedded model is not installed here (packaging/install-deps.sh)");
        }
        window->showPage(QStringLiteral("experiment"));
        page.draft().setField(
            QStringLiteral("data.sources[0]"),
            QStringLiteral(R"({"file": "%1", "promptTemplate": "plain"})")
                .arg(write("turns.jsonl", R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},)"
                                          R"({"role":"user","content":"c"},{"role":"assistant","content":"d"}]})"
                                          "\n")));
        const auto* note = page.findChild<QLabel*>(QStringLiteral("seenNote"));
        QTRY_VERIFY2(note->text().contains(QStringLiteral("chat")), qPrintable(note->text()));
        QVERIFY(!page.findChild<QTextBrowser*>(QStringLiteral("seenText"))->isVisibleTo(&page));
    }

    void aFolderThatTakesNothingIsSaidEverywhere()
    {
        WindowFixture fixture(QStringLiteral("/proc/lori-cannot-be-made"));
        const auto window = fixture.makeWindow();
        window->begin();
        QVERIFY2(fixture.context.messages->text().contains(QStringLiteral("cannot be written")),
                 qPrintable(fixture.context.messages->text()));
        QVERIFY(fixture.context.messages->text().contains(QStringLiteral("safe")));
        QVERIFY(window->findChild<QPushButton*>(QStringLiteral("messageAction0")) != nullptr);
        const auto labels = pageOf<HomePage>(*window).findChildren<QLabel*>();
        const auto isSaid = [&] { // the history is opened in another thread
            return std::any_of(labels.begin(), labels.end(),
                               [](const QLabel* label) { return label->text().contains(QStringLiteral("cannot be shown now")); });
        };
        QTRY_VERIFY(isSaid());
        QVERIFY(fixture.context.messages->text().contains(QStringLiteral("cannot be written"))); // still the one with a way out
        QVERIFY(std::none_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(QStringLiteral("Nothing yet"));
        }));
        window->showPage(QStringLiteral("experiment"));
        QTRY_VERIFY2(problemsOf(pageOf<ExperimentPage>(*window)).contains(QStringLiteral("cannot be written")),
                     qPrintable(problemsOf(pageOf<ExperimentPage>(*window))));
        QVERIFY(!pageOf<ExperimentPage>(*window).canStart());
    }

    void startIsOnTheSmallestScreen_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }
    void startIsOnTheSmallestScreen()
    {
        QFETCH(QString, language);
        WindowFixture fixture;
        fixture.language->use(language);
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        window->resize(853, 533 - 28); // 1280 × 800 at 150 %, less a title bar
        QCoreApplication::processEvents();
        QCOMPARE(window->size(), QSize(853, 505));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        for (const bool advanced : {false, true}) {
            page.setAdvanced(advanced);
            QCoreApplication::processEvents();
            auto* start = page.findChild<QPushButton*>(QStringLiteral("startExperiment"));
            const QRect place(start->mapTo(window.get(), QPoint()), start->size());
            QVERIFY(start->isVisible());
            QVERIFY2(window->rect().contains(place), qPrintable(QStringLiteral("%1,%2").arg(place.right()).arg(place.bottom())));
        }
        const QSize least = window->minimumSizeHint().expandedTo(window->minimumSize());
        QVERIFY2(least.width() <= 853 && least.height() <= 490,
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    }
};

LORI_TEST(DraftTest)
#include "draft_test.moc"
