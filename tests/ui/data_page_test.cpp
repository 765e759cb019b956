// SPDX-License-Identifier: GPL-3.0-or-later
// Own files on the Data page: how they are read, what is said of bad ones, and what reaches the experiment.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/frame/message_bar.h"
#include "ui/pages/data/data_get.h"
#include "ui/pages/data/data_lengths.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/data/data_problems.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/column_roles.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/job_service.h"
#include "ui/services/page_router.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/plot_view.h"

#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTextBrowser>

#include <filesystem>
#include <fstream>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

namespace {

constexpr const char* kGerman = "Frage;Antwort;Quelle\n"
                                "Was ist die Hauptstadt von Peru?;Lima.;Atlas\n"
                                "Was ist die Hauptstadt von Österreich?;Wien.;Atlas\n";
constexpr const char* kBroken = "{\"question\": \"1+1?\", \"answer\": \"2\"}\n"
                                "{\"question\": \"2+2?\", \"answer\": \n"
                                "{\"question\": \"3+3?\", \"answer\": \"6\"}\n"
                                "{\"question\": \"4+4?\"}\n"
                                "{\"question\": \"1+1?\", \"answer\": \"2\"}\n";

/// A window at the Data page, and a folder for files.
class Bench final {
public:
    Bench() : window(fixture.makeWindow()), page(pageOf<DataPage>(*window)) { window->showPage(QStringLiteral("data")); }

    QString write(const QString& name, const std::string& text)
    {
        const QString file = m_folder.filePath(name);
        std::ofstream(file.toStdString(), std::ios::binary) << text;
        return file;
    }
    QString folder() const { return m_folder.path(); }
    bool open(const QString& file)
    {
        page.take(intents::OpenData{file});
        return settle();
    }
    bool settle()
    {
        return QTest::qWaitFor([this] { return !page.isBusy(); }, 20'000);
    }
    template <typename Wanted>
    Wanted* find(const char* name)
    {
        return page.findChild<Wanted*>(QLatin1String(name));
    }
    QString why() { return find<QLabel>("dataWhyNot")->text(); }
    QString message() { return find<QLabel>("dataMessage")->text(); }
    QPushButton* useButton() { return find<QPushButton>("useInExperiment"); }

    WindowFixture fixture;

private:
    QTemporaryDir m_folder;

public:
    std::unique_ptr<MainWindow> window;
    DataPage& page;
};

} // namespace

class DataPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyPageSaysWhatToDo()
    {
        Bench bench;
        QVERIFY(bench.find<QLabel>("dataEmpty")->isVisible());
        QVERIFY(!bench.useButton()->isEnabled());
        QCOMPARE(bench.useButton()->toolTip(), bench.why());
        QVERIFY(!bench.why().isEmpty());
    }

    void germanColumnsAreChosenByKeyboardAndReachTheExperiment()
    {
        Bench bench;
        const QString file = bench.write(QStringLiteral("städte.csv"), kGerman);
        QVERIFY(bench.open(file));
        auto* table = bench.find<QTableView>("dataTable");
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QVERIFY(!bench.useButton()->isEnabled());
        QVERIFY(bench.why().contains(QStringLiteral("instruction")));
        QVERIFY(!bench.find<QLabel>("problemsTitle")->text().contains(QStringLiteral("Every row can be used")));
        int answer = -1;
        for (int column = 0; column < 3; ++column) {
            const QString name = table->model()->headerData(column, Qt::Horizontal).toString();
            auto* role = bench.find<QComboBox>(qPrintable(QStringLiteral("columnRole%1").arg(column)));
            answer = name == QLatin1String("Antwort") ? column : answer;
            if (name == QLatin1String("Quelle")) {
                continue;
            }
            role->setFocus(Qt::TabFocusReason);
            QTest::keyClick(role, Qt::Key_Home);
            for (int i = 0; i < (name == QLatin1String("Antwort") ? 2 : 0); ++i) {
                QTest::keyClick(role, Qt::Key_Down);
                QVERIFY(bench.settle());
            }
            QVERIFY(bench.settle());
        }
        QCOMPARE(bench.why(), QString());
        QVERIFY(answer >= 0);
        QTest::keyClick(bench.useButton(), Qt::Key_Space);
        auto& experiment = pageOf<ExperimentPage>(*bench.window);
        QTRY_VERIFY(experiment.isVisible());
        const auto& sources = experiment.draft().config().data.sources;
        QCOMPARE(sources.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(sources[0].file), file);
        QCOMPARE(sources[0].columns.instruction, std::string("Frage"));
        QCOMPARE(sources[0].columns.output, std::string("Antwort"));
        QVERIFY(sources[0].task.empty());
        QVERIFY(!experiment.draft().changedPaths().empty());
        bench.fixture.undo.undo();
        QVERIFY(!experiment.draft().config().data.sources[0].task.empty());
    }

    void aLengthThatWasTriedIsHandedToTheExperiment()
    {
        Bench bench;
        auto* use = bench.find<QPushButton>("useLength");
        auto* field = bench.find<NumberField>("lengthLimit");
        auto& experiment = pageOf<ExperimentPage>(*bench.window);
        QVERIFY(bench.open(bench.write(QStringLiteral("städte.csv"), kGerman)));
        bench.find<QTabWidget>("dataTabs")->setCurrentWidget(bench.page.findChild<DataLengths*>());
        const std::int64_t before = experiment.draft().config().data.maxTokens;
        QTRY_COMPARE(field->number().typed(), static_cast<double>(before));
        QVERIFY(!use->isEnabled()); // it is the experiment's
        auto* plot = bench.page.findChild<DataLengths*>()->findChild<PlotView*>();
        QTest::keyClick(plot, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(field->number().typed(), static_cast<double>(before - 16));
        QVERIFY(use->isEnabled());
        QTest::keyClick(use, Qt::Key_Space);
        QTRY_VERIFY(experiment.isVisible());
        QCOMPARE(experiment.draft().config().data.maxTokens, before - 16);
        bench.fixture.undo.undo();
        QCOMPARE(experiment.draft().config().data.maxTokens, before);
    }

    void aPublishedSetIsFetchedOnlyAfterBeingAskedFor()
    {
        Bench bench;
        bench.page.openTask(QStringLiteral("boolq"));
        auto* get = bench.find<QPushButton>("getData");
        QTRY_VERIFY(get->isVisible());
        QVERIFY(bench.fixture.jobs->liveJobs().isEmpty());
        QTest::keyClick(get, Qt::Key_Space);
        auto* dialog = bench.page.findChild<DataGetDialog*>();
        QVERIFY(dialog != nullptr);
        QStringList said;
        for (const QLabel* label : dialog->findChildren<QLabel*>()) {
            said.append(label->text());
        }
        QVERIFY2(said.join(QLatin1Char(' ')).contains(QStringLiteral("Licence: ")), qPrintable(said.join(QLatin1Char('|'))));
        auto* from = dialog->findChild<QLineEdit*>(QStringLiteral("dataGetFrom"));
        auto* start = dialog->findChild<QPushButton*>(QStringLiteral("dataGetStart"));
        from->selectAll();
        QTest::keyClicks(from, QStringLiteral("ftp://mirror"));
        QVERIFY(!start->isEnabled());
        from->selectAll();
        QTest::keyClicks(from, QStringLiteral("https://mirror.example.org"));
        QVERIFY(bench.fixture.jobs->liveJobs().isEmpty());
        QTest::keyClick(from, Qt::Key_Return);
        const QStringList jobs = bench.fixture.jobs->liveJobs();
        QCOMPARE(jobs.size(), 1);
        const auto record = bench.fixture.jobs->record(jobs.front());
        QCOMPARE(record->kind, std::string("download"));
        QCOMPARE(record->options.at("from").get<std::string>(),
                 std::string("https:") + "//mirror.example.org"); // moc reads "//" as a comment
        QCOMPARE(record->options.at("names").dump(), std::string("[\"boolq\"]"));
        QVERIFY(bench.find<QLabel>("dataMessage")->text().contains(QStringLiteral("Fetching")));
        QTRY_VERIFY_WITH_TIMEOUT(bench.fixture.context.messages->text().contains(QStringLiteral("is there")), 20'000);
    }

    void aFileIsMixedWithTheDataThatTheExperimentHas()
    {
        Bench bench;
        const QString file = bench.write(QStringLiteral("sums.jsonl"), "{\"question\": \"1+1?\", \"answer\": \"2\"}\n"
                                                                       "{\"question\": \"2+2?\", \"answer\": \"4\"}\n");
        QVERIFY(bench.open(file));
        auto* besides = bench.find<QPushButton>("useBesides");
        QTRY_VERIFY(besides->isEnabled());
        QTest::keyClick(besides, Qt::Key_Space);
        auto& experiment = pageOf<ExperimentPage>(*bench.window);
        QTRY_VERIFY(experiment.isVisible());
        const auto& sources = experiment.draft().config().data.sources;
        QCOMPARE(sources.size(), std::size_t{2});
        QVERIFY(!sources[0].task.empty());
        QCOMPARE(QString::fromStdString(sources[1].file), file);
        QCOMPARE(sources[1].promptTemplate, sources[0].promptTemplate);

        bench.window->showPage(QStringLiteral("data"));
        QTest::keyClick(besides, Qt::Key_Space); // the same rows twice would count double
        QCOMPARE(experiment.draft().config().data.sources.size(), std::size_t{2});
        bench.fixture.undo.undo();
        QCOMPARE(experiment.draft().config().data.sources.size(), std::size_t{1});
    }

    void aProposedMappingIsShownAsProposed()
    {
        Bench bench;
        QVERIFY(bench.open(bench.write(QStringLiteral("a.jsonl"), "{\"question\": \"a?\", \"answer\": \"b\"}\n")));
        auto* answer = bench.find<QComboBox>("columnRole0"); // in the order of the alphabet
        QCOMPARE(answer->currentText(), QStringLiteral("Answer"));
        QVERIFY(answer->font().bold());
        QCOMPARE(bench.why(), QString());
        QVERIFY(bench.find<QLabel>("dataFactsText")->text().contains(QStringLiteral("1 row")));
        QVERIFY(bench.find<QLabel>("dataFactsWarnings")->text().contains(QStringLiteral("only 1 row")));
    }

    void brokenLinesAreListedSavedAndLeftOut()
    {
        Bench bench;
        QVERIFY(bench.open(bench.write(QStringLiteral("sums.jsonl"), kBroken)));
        QVERIFY(!bench.useButton()->isEnabled());
        QCOMPARE(bench.find<QTabWidget>("dataTabs")->tabText(3), QStringLiteral("Problems (2)"));
        bench.find<QTabWidget>("dataTabs")->setCurrentIndex(3);
        auto* table = bench.find<QTableWidget>("problemsTable");
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("2"));
        QCOMPARE(table->item(0, 3)->text(), QStringLiteral("{\"question\": \"2+2?\", \"answer\":"));
        QCOMPARE(table->item(1, 1)->text(), QStringLiteral("answer"));
        QVERIFY(bench.find<QLabel>("problemsTitle")->text().contains(QStringLiteral("more than once")));

        const QString saved = bench.folder() + QStringLiteral("/problems.csv");
        bench.page.findChild<DataProblems*>()->saveAs(saved);
        std::ifstream stream(saved.toStdString());
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        QVERIFY(text.starts_with("line,field,problem,text\r\n2,"));
        QVERIFY(text.find("\r\n4,\"answer\",") != std::string::npos);
        QVERIFY(text.find("\"\"4+4?\"\"") != std::string::npos);

        qputenv("FAKE_STEP_MS", "1");
        QTest::keyClick(bench.find<QPushButton>("leaveRowsOut"), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("dataFactsTitle")->text() == QLatin1String("sums-clean.jsonl"), 20'000);
        QVERIFY(bench.settle());
        QCOMPARE(bench.why(), QString());
        QVERIFY(bench.find<QLabel>("dataFactsText")->text().contains(QStringLiteral("3 row")));
        QVERIFY(std::filesystem::exists(bench.fixture.home.root / "data" / "own" / "sums-clean.jsonl"));
    }

    void anImportThatFailsSaysSoAndWritesNothing()
    {
        Bench bench;
        QVERIFY(bench.open(bench.write(QStringLiteral("sums.jsonl"), kBroken)));
        bench.find<QTabWidget>("dataTabs")->setCurrentIndex(3);
        qputenv("FAKE_FAIL", "1");
        QTest::keyClick(bench.find<QPushButton>("leaveRowsOut"), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("problemsSaid")->text().contains(QStringLiteral("there is no memory left")),
                                 20'000);
        qunsetenv("FAKE_FAIL");
        QVERIFY(!std::filesystem::exists(bench.fixture.home.root / "data" / "own" / "sums-clean.jsonl"));
        QVERIFY(bench.find<QPushButton>("leaveRowsOut")->isEnabled());
    }

    void whatIsNoFileOfRowsIsToldInOneSentence_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QStringLiteral("empty.csv") << QByteArray();
        QTest::newRow("picture") << QStringLiteral("a.png") << QByteArray("\x89PNG\r\n\x1a\n0000", 12);
        QTest::newRow("not UTF-8") << QStringLiteral("latin.csv") << QByteArray("question,answer\nGr\xfc\xdf,a\n");
    }
    void whatIsNoFileOfRowsIsToldInOneSentence()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        Bench bench;
        QVERIFY(bench.open(bench.write(name, text.toStdString())));
        QVERIFY(bench.find<QLabel>("dataMessage")->isVisible());
        QVERIFY2(bench.message().contains(name), qPrintable(bench.message()));
        QVERIFY(!bench.message().contains(QLatin1Char('\n')));
        QVERIFY(bench.find<QPushButton>("chooseAnotherFile")->isVisible());
        QVERIFY(!bench.useButton()->isEnabled());
    }

    void aFolderAndAMissingFileAreToldToo()
    {
        Bench bench;
        QVERIFY(bench.open(bench.folder()));
        QVERIFY(!bench.message().isEmpty() && bench.find<QLabel>("dataMessage")->isVisible());
        QVERIFY(bench.open(bench.folder() + QStringLiteral("/no-such.csv")));
        QVERIFY2(bench.message().contains(QStringLiteral("no-such.csv")), qPrintable(bench.message()));
    }

    void plainTextAsksForItsColumns()
    {
        Bench bench;
        QVERIFY(bench.open(bench.write(QStringLiteral("notes.txt"), "one line\nanother line\n")));
        QVERIFY(!bench.useButton()->isEnabled());
        QVERIFY(!bench.why().isEmpty());
    }

    void aHugeRowIsShownByItsBeginning()
    {
        Bench bench;
        const std::string huge(3'000'000, 'x');
        QVERIFY(bench.open(bench.write(QStringLiteral("huge.jsonl"), "{\"question\": \"q\", \"answer\": \"" + huge + "\"}\n")));
        auto* table = bench.find<QTableView>("dataTable");
        QCOMPARE(table->model()->rowCount(), 1);
        QVERIFY(table->model()->index(0, 0).data().toString().size() < 1000);
        QCOMPARE(bench.why(), QString());
    }

    void jumpAndSearchReachRowsBeyondTheFirstTwoHundred()
    {
        Bench bench;
        std::string text = "question,answer\n";
        for (int i = 1; i <= 1000; ++i) {
            text += "q" + std::to_string(i) + ",a" + std::to_string(i) + "\n";
        }
        QVERIFY(bench.open(bench.write(QStringLiteral("many.csv"), text)));
        auto* table = bench.find<QTableView>("dataTable");
        QCOMPARE(table->model()->rowCount(), 200);
        const auto shown = [&] {
            return table->model()->index(table->currentIndex().row(), 1).data().toString();
        };
        auto* jump = bench.find<QLineEdit>("dataJump");
        QTest::keyClicks(jump, QStringLiteral("150"));
        QTest::keyClick(jump, Qt::Key_Return);
        QCOMPARE(shown(), QStringLiteral("q150"));
        jump->selectAll();
        QTest::keyClicks(jump, QStringLiteral("700"));
        QTest::keyClick(jump, Qt::Key_Return);
        QVERIFY(bench.settle());
        QCOMPARE(shown(), QStringLiteral("q700"));
        auto* search = bench.find<QLineEdit>("dataSearch");
        QTest::keyClicks(search, QStringLiteral("A99"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(bench.settle());
        QCOMPARE(shown(), QStringLiteral("q990"));
        QTest::keyClicks(search, QStringLiteral("nowhere"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(bench.settle());
        QCOMPARE(shown(), QStringLiteral("q990"));
        QVERIFY(bench.find<QLabel>("dataShown")->text().contains(QStringLiteral("Nothing found")));
    }

    void aStarterTaskIsUsedAsItIs()
    {
        Bench bench;
        bench.page.openTask(QStringLiteral("maths"));
        QVERIFY(bench.settle());
        QVERIFY(!bench.find<QComboBox>("columnRole0")->isEnabled());
        QCOMPARE(bench.why(), QString());
        bench.useButton()->click();
        const auto& sources = pageOf<ExperimentPage>(*bench.window).draft().config().data.sources;
        QCOMPARE(sources.size(), std::size_t{1});
        QCOMPARE(sources[0].task, std::string("maths"));
    }

    void aSampleFileOpensAndCanBeUsed()
    {
        Bench bench;
        bench.page.makeSample(bench.folder() + QStringLiteral("/questions.csv"));
        QVERIFY(bench.settle());
        QCOMPARE(bench.why(), QString());
        QVERIFY(bench.fixture.preferences->dataFiles().contains(bench.folder() + QStringLiteral("/questions.csv")));
    }

    void aDroppedFileOpens()
    {
        Bench bench;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(bench.write(QStringLiteral("d.csv"), "question,answer\na,b\n"))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench.page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench.page, &drop);
        QVERIFY(bench.settle());
        QCOMPARE(bench.find<QLabel>("dataFactsTitle")->text(), QStringLiteral("d.csv"));
    }

    void rolesExcludeEachOther()
    {
        experiment::ColumnMapping mapping;
        ColumnRoles::setRole(mapping, "a", ColumnRole::Instruction);
        ColumnRoles::setRole(mapping, "b", ColumnRole::Answer);
        QVERIFY(ColumnRoles::missing(mapping).isEmpty());
        ColumnRoles::setRole(mapping, "b", ColumnRole::Instruction); // taken from "a", and no answer any more
        QCOMPARE(mapping.instruction, std::string("b"));
        QVERIFY(mapping.output.empty() && !ColumnRoles::missing(mapping).isEmpty());
        QCOMPARE(ColumnRoles::roleOf(mapping, "a"), ColumnRole::None);
        ColumnRoles::setRole(mapping, "c", ColumnRole::Conversation);
        QVERIFY(mapping.instruction.empty() && mapping.messages == "c" && ColumnRoles::missing(mapping).isEmpty());
        ColumnRoles::setRole(mapping, "a", ColumnRole::Answer);
        QVERIFY(mapping.messages.empty() && mapping.output == "a");
    }
};

LORI_TEST(DataPageTest)
#include "data_page_test.moc"
