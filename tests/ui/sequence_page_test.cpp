// SPDX-License-Identifier: GPL-3.0-or-later
// The Sequence page: setting up, following, and what was forgotten.
#include "core/events/event_writer.h"
#include "core/jobs/job_lock.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/sequence/sequence_editor.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/services/page_router.h"
#include "ui/services/sequence_plan.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>

#include <algorithm>
#include <fstream>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using lori::ui::test::WindowFixture;
using ui::test::kPatience;
using ui::test::runsOf;

namespace {

namespace fs = std::filesystem;

/// A window on the Sequence page.
struct ShownSequence {
    explicit ShownSequence(WindowFixture& fixture) : window(fixture.makeWindow())
    {
        window->begin();
        window->showPage(QStringLiteral("sequence"));
        page = &pageOf<SequencePage>(*window);
    }
    template <typename Widget>
    Widget* part(const char* name) const
    {
        return page->findChild<Widget*>(QLatin1String(name));
    }
    QPushButton* button(const char* name) const { return part<QPushButton>(name); }
    void type(const char* name, const QString& text) const
    {
        auto* field = part<QLineEdit>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    QStringList tasks() const
    {
        QStringList names;
        for (int i = 0;; ++i) {
            const auto* box = page->findChild<QComboBox*>(QStringLiteral("stage.%1.task").arg(i));
            if (box == nullptr || !box->isVisible()) {
                return names;
            }
            names.append(box->currentData().toString());
        }
    }

    std::unique_ptr<MainWindow> window;
    SequencePage* page = nullptr;
};

} // namespace

class SequencePageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qunsetenv("FAKE_FAIL");
        qputenv("FAKE_STEP_MS", "1");
        qputenv("FAKE_STEPS", "8");
    }
    void cleanup() { qunsetenv("FAKE_STEPS"); }

    void thePageCanStartAtOnceAndShowsTheRunToItsEnd()
    {
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        QCOMPARE(shown.tasks(), (QStringList{"safety", "maths"}));
        QTRY_VERIFY(shown.button("startSequence") != nullptr && shown.button("startSequence")->isEnabled());
        shown.button("startSequence")->click();
        QCOMPARE(runsOf(fixture).size(), std::size_t{1});
        QVERIFY(fs::exists(runsOf(fixture).front() / "sequence.json"));
        const QString run = shown.page->shownSequence();
        QCOMPARE(run.toStdString(), runsOf(fixture).front().filename().string());
        QCOMPARE(shown.part<QComboBox>("sequenceWhich")->currentData().toString(), run);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Finished, kPatience);
        auto* table = shown.part<QTableView>("forgettingTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, 3).data().toString(), QStringLiteral("95.0 %"), kPatience);
        QTRY_VERIFY(shown.button("trySequence") != nullptr);
        QVERIFY(!shown.button("trySequence")->isEnabled()); // the fake worker leaves no adapter
        QVERIFY(!shown.button("trySequence")->toolTip().isEmpty());
        shown.button("sequenceAgain")->click();
        QCOMPARE(shown.page->shownSequence(), QString());
        QVERIFY(shown.part<QLineEdit>("sequenceName")->isVisible());
    }

    void aRunningSequenceIsPausedContinuedAndStopped()
    {
        qputenv("FAKE_STEPS", "5000");
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
        shown.page->perform(PageCommand::Start);
        const QString run = shown.page->shownSequence();
        QTRY_VERIFY_WITH_TIMEOUT(shown.page->can(PageCommand::Pause), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(shown.part<QLabel>("sequenceDetail")->text().contains(QStringLiteral("task 1, Safety")),
                                 kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("pauseSequence")->isEnabled(), kPatience);
        shown.button("pauseSequence")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Paused, kPatience);
        QTRY_VERIFY(shown.button("continueSequence") != nullptr);
        shown.button("continueSequence")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Running, kPatience);
        shown.button("stopSequence")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Stopped, kPatience);
        QTRY_VERIFY(shown.button("resumeSequence") != nullptr && shown.button("resumeSequence")->isEnabled());
    }

    void aFailureSaysInWhichTaskAndResumeGoesOn()
    {
        qputenv("FAKE_FAIL", "1");
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
        shown.page->perform(PageCommand::Start);
        const QString run = shown.page->shownSequence();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Failed, kPatience);
        const auto* sentence = shown.part<QLabel>("sequenceSentence");
        QTRY_VERIFY(sentence->isVisible());
        QVERIFY2(sentence->text().contains(QStringLiteral("task 1, Safety")) &&
                     sentence->text().contains(QStringLiteral("no memory left")),
                 qPrintable(sentence->text()));
        qunsetenv("FAKE_FAIL");
        shown.button("resumeSequence")->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Finished, kPatience);
    }

    void tasksAreAddedMovedAndRemovedByTheKeyboard()
    {
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        auto* add = shown.button("sequenceAdd");
        add->setFocus();
        QTest::keyClick(add, Qt::Key_Space);
        QCOMPARE(shown.tasks(), (QStringList{"safety", "maths", "language"}));
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("stage.2.task"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shown.tasks(), (QStringList{"safety", "language", "maths"}));
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("stage.1.task"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::AltModifier); // it is the first: stays
        QCOMPARE(shown.tasks(), (QStringList{"language", "safety", "maths"}));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(shown.tasks(), (QStringList{"safety", "language", "maths"}));
        auto* remove = shown.part<QWidget>("stage.0.remove");
        remove->setFocus();
        QTest::keyClick(remove, Qt::Key_Space);
        QCOMPARE(shown.tasks(), (QStringList{"language", "maths"}));
        fixture.undo.undo();
        QCOMPARE(shown.tasks(), (QStringList{"safety", "language", "maths"}));
    }

    void aNumberThatCannotBeReadHoldsStartBackAndIsFoundAgain()
    {
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
        shown.type("stage.1.steps", QStringLiteral("many"));
        QTRY_VERIFY(!shown.page->can(PageCommand::Start));
        auto* problems = shown.part<QListWidget>("sequenceProblems");
        QCOMPARE(problems->count(), 1);
        QVERIFY(problems->item(0)->text().startsWith(QStringLiteral("Task 2")));
        shown.part<QLineEdit>("sequenceName")->setFocus();
        QTest::mouseClick(problems->viewport(), Qt::LeftButton, {}, problems->visualItemRect(problems->item(0)).center());
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("stage.1.steps"));
        shown.type("stage.1.steps", QStringLiteral("30"));
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
        shown.type("stage.1.steps", QStringLiteral("x"));
        QTRY_VERIFY(!shown.page->can(PageCommand::Start));
        shown.part<QAbstractButton>("stage.1.remove")->click(); // the field goes, and its problem with it
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
    }

    void everyTreatmentOfEarlierGroundCanBeChosenAndIsExplained()
    {
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        auto* box = shown.part<QComboBox>("stage.1.policy");
        QVERIFY(!shown.part<QComboBox>("stage.0.policy")->isEnabled()); // nothing was learned before
        QVERIFY(box->isEnabled());
        QCOMPARE(box->currentText(), QStringLiteral("Avoid earlier ground"));
        QStringList reasons{box->toolTip()};
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), QStringLiteral("Protect earlier ground"));
        reasons.append(box->toolTip());
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
        shown.page->perform(PageCommand::Start);
        const auto kept = experiment::readRunConfig((runsOf(fixture).front() / "config.json").string()).value();
        QVERIFY(std::any_of(kept.stages.begin(), kept.stages.end(),
                            [](const auto& stage) { return stage.mask.avoidRule == experiment::AvoidRule::Remove; }));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(shown.page->shownSequence()), JobState::Finished, kPatience);
        shown.page->showSequence(QString());
        QTest::keyClick(box, Qt::Key_Home);
        QCOMPARE(box->currentText(), QStringLiteral("Own choice"));
        reasons.append(box->toolTip());
        QCOMPARE(reasons.removeDuplicates(), 0);
        QVERIFY(!reasons.contains(QString()));
        fixture.undo.undo();
        QCOMPARE(box->currentText(), QStringLiteral("Avoid earlier ground")); // changes of one field are one step
    }

    void aMissingFileAndAnEmptyNameAreSaidBeforeTheStart()
    {
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        shown.page->editor()->useFile(1, QStringLiteral("/not/there.jsonl"));
        auto* problems = shown.part<QListWidget>("sequenceProblems");
        QTRY_VERIFY(problems->count() == 1 && problems->item(0)->text().contains(QStringLiteral("there.jsonl")));
        shown.part<QLineEdit>("sequenceName")->setFocus();
        shown.part<QLineEdit>("sequenceName")->selectAll();
        QTest::keyClick(shown.part<QLineEdit>("sequenceName"), Qt::Key_Delete);
        QTRY_COMPARE(problems->count(), 2);
        QVERIFY(!shown.button("startSequence")->isEnabled());
    }

    void aTickedFloorIsPartOfTheRun()
    {
        WindowFixture fixture;
        const ShownSequence shown(fixture);
        QVERIFY(shown.part<QCheckBox>("floor.0")->isChecked());
        shown.type("floor.0.points", QStringLiteral("12"));
        shown.part<QCheckBox>("floor.1")->click();
        QTRY_VERIFY(shown.page->can(PageCommand::Start));
        shown.page->perform(PageCommand::Start);
        const auto config = experiment::readRunConfig((runsOf(fixture).front() / "config.json").string()).value();
        QCOMPARE(config.evaluation.floors.size(), std::size_t{2});
        QCOMPARE(config.evaluation.floors[0].points, 12.0);
        QCOMPARE(config.evaluation.floors[1].task, std::string("maths"));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(shown.page->shownSequence()), JobState::Finished, kPatience);
    }

    void aSequenceThatWasPausedByAFloorSaysWhy()
    {
        WindowFixture fixture;
        const experiment::SequenceConfig config = sequenceFrom(SequenceTemplate::SafetyThenTask);
        const auto folder = jobs::RunFolder::create(fixture.home, experiment::expandSequence(config).value(),
                                                    {{"sequence.json", experiment::toJson(config).dump()}})
                                .value();
        const auto lock = jobs::JobLock::acquire(folder).value();
        const auto writer = events::EventWriter::open(folder.eventsFile()).value();
        writer->append(events::Started{.pid = 1, .host = "test"});
        writer->append(events::StageStarted{.stage = 3, .name = "x", .kind = "lori-d", .steps = 9});
        writer->append(events::Note{
            "warning", "floor_safety_4", 3, "fell", {{"task", "safety"}, {"best", 0.9}, {"now", 0.8}, {"points", 10}}});
        writer->append(events::Paused{3, 4});
        const ShownSequence shown(fixture);
        shown.page->showSequence(QString::fromStdString(folder.id()));
        const auto* sentence = shown.part<QLabel>("sequenceSentence");
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(shown.page->shownSequence()), JobState::Paused, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(sentence->text().contains(QStringLiteral("90.0 %")), kPatience);
        QVERIFY(sentence->text().contains(QStringLiteral("80.0 %")) && sentence->text().contains(QStringLiteral("Safety")));
        QVERIFY(shown.part<QLabel>("sequenceDetail")->text().contains(QStringLiteral("task 2, Maths")));
    }

    void theSameSequenceWithoutProtectionStandsBeside()
    {
        WindowFixture fixture;
        experiment::SequenceConfig config = sequenceFrom(SequenceTemplate::SafetyThenTask);
        const auto finished = [&](const experiment::SequenceConfig& sequence, const char* forgotten) {
            const auto folder = jobs::RunFolder::create(fixture.home, experiment::expandSequence(sequence).value(),
                                                        {{"sequence.json", experiment::toJson(sequence).dump()}})
                                    .value();
            const auto writer = events::EventWriter::open(folder.eventsFile()).value();
            for (const auto& [stage, value] : {std::pair{-1, 0.1}, std::pair{2, 0.9}, std::pair{5, 0.8}}) {
                writer->append(events::Score{.stage = stage,
                                             .step = 8,
                                             .task = "safety",
                                             .metric = "refusal_rate",
                                             .value = value,
                                             .low = value,
                                             .high = value,
                                             .hits = 1,
                                             .n = 40,
                                             .higherIsBetter = true,
                                             .items = {}});
            }
            writer->append(events::Finished{1.0});
            std::ofstream(folder.path() / "transfer.json")
                << R"([{"task": "safety", "metric": "refusal_rate", "forgetting": )" << forgotten << "}]";
            return QString::fromStdString(folder.id());
        };
        const QString mine = finished(config, R"({"value": -0.1, "low": -0.2, "high": 0.0})");
        const ShownSequence shown(fixture);
        shown.page->showSequence(mine);
        const auto* model = shown.part<QTableView>("forgettingTable")->model();
        const auto titles = [&] {
            QStringList all;
            for (int column = 0; column < model->columnCount(); ++column) {
                all << model->headerData(column, Qt::Horizontal).toString();
            }
            return all;
        };
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, kPatience);
        const qsizetype alone = titles().size();
        config.run.name = "the other";
        for (experiment::SequenceStage& stage : config.stages) {
            stage.policy = experiment::MaskPolicy::Own;
        }
        const QString other = finished(config, R"({"value": -0.3, "low": -0.4, "high": -0.2})");
        config.stages.front().learningRate *= 2; // differs in more than protection: no twin
        static_cast<void>(finished(config, R"({"value": -0.5, "low": -0.6, "high": -0.4})"));
        fixture.history->ingestAll();
        QTRY_COMPARE_WITH_TIMEOUT(titles().size(), alone + 1, kPatience);
        QCOMPARE(titles().back(), QStringLiteral("Lost without protection"));
        QVERIFY2(model->index(0, static_cast<int>(alone)).data().toString().startsWith(QStringLiteral("30.0 points")),
                 qPrintable(model->index(0, static_cast<int>(alone)).data().toString()));
        shown.page->showSequence(other);
        QTRY_COMPARE_WITH_TIMEOUT(titles().back(), QStringLiteral("Lost with protection"), kPatience);
    }

    void aSequenceOfAnEarlierVersionIsLookedAtAgainAndTried()
    {
        WindowFixture fixture;
        fs::copy(LORI_RELEASED_HOME, fixture.home.root, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        const ShownSequence shown(fixture);
        auto* which = shown.part<QComboBox>("sequenceWhich");
        QTRY_COMPARE(which->count(), 2); // the other runs of this home are no sequences
        which->setFocus();
        QTest::keyClick(which, Qt::Key_Down);
        auto* table = shown.part<QTableView>("forgettingTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, 4).data().toString(), QStringLiteral("0.0 points [-69.3 to 69.3]"),
                                  kPatience);
        QVERIFY(shown.part<QLabel>("sequenceSentence")->text().contains(QStringLiteral("69.3")));
        QStringList asked;
        connect(fixture.context.pages, &PageRouter::asked, this, [&](const Intent& intent) {
            if (const auto* attempt = std::get_if<intents::TryAdapters>(&intent)) {
                asked.append(QString::fromStdString(attempt->adapters.at(0).filename().string()));
            }
        });
        QTRY_VERIFY(shown.button("trySequence")->isEnabled());
        shown.button("trySequence")->click();
        QCOMPARE(asked, QStringList{QStringLiteral("3-lori-s")});
    }

    void aSequenceBeginsFromTheAdapterThatAnotherPageNames()
    {
        WindowFixture fixture;
        fs::copy(LORI_RELEASED_HOME, fixture.home.root, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        const ShownSequence shown(fixture);
        fs::path adapter;
        for (const fs::path& run : runsOf(fixture)) {
            adapter = run.string().find("two-tasks") != std::string::npos ? run / "adapter" / "3-lori-s" : adapter;
        }
        fixture.context.pages->go(intents::PlanSequence{adapter});
        QTRY_VERIFY(shown.part<QLabel>("sequenceFromAdapter")->text().startsWith(QStringLiteral("Two tasks")));
        QVERIFY(!shown.part<QComboBox>("sequenceModel")->isEnabled());
        QVERIFY(shown.part<QComboBox>("stage.0.policy")->isEnabled()); // the adapter's mask is ground to keep off
        shown.button("sequenceNoAdapter")->click();
        QVERIFY(!shown.part<QComboBox>("stage.0.policy")->isEnabled());
    }
};

LORI_TEST(SequencePageTest)
#include "sequence_page_test.moc"
