// SPDX-License-Identifier: GPL-3.0-or-later
// What Home proposes, and the jobs it shows at work.
#include "core/jobs/job_lock.h"
#include "tests/support/test_registry.h"
#include "tests/ui/prepared_run.h"
#include "tests/ui/window_fixture.h"

#include "ui/frame/jobs_card.h"
#include "ui/pages/home/home_page.h"
#include "ui/services/next_step.h"
#include "ui/text.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::PreparedRun;
using lori::ui::test::WindowFixture;

namespace {

KnownAdapter adapter(const char* folder, const char* task)
{
    KnownAdapter made;
    made.folder = folder;
    made.name = QLatin1String(folder);
    made.method = QStringLiteral("lori-s");
    made.rank = 8;
    made.baseFingerprint = "base";
    made.tasks = QStringList{QLatin1String(task)};
    return made;
}

class HomeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNextStepFollowsFromWhatWasDone()
    {
        DoneSoFar done;
        QVERIFY(std::holds_alternative<intents::NewExperiment>(NextSteps::after(done).intent));
        done.finishedRuns = QStringList{QStringLiteral("one")};
        done.adapters = {adapter("/a", "Maths")};
        const NextStep ask = NextSteps::after(done);
        QCOMPARE(std::get<intents::TryAdapters>(ask.intent).adapters, std::vector<std::filesystem::path>{"/a"});
        done.adapters = {adapter("/b", "Safety"), adapter("/a", "Maths")};
        const NextStep merge = NextSteps::after(done);
        QCOMPARE(std::get<intents::MergeAdapters>(merge.intent).adapters, (std::vector<std::filesystem::path>{"/b", "/a"}));
        done.finishedRuns = QStringList{QStringLiteral("two"), QStringLiteral("one")};
        done.adapters.front().merge = formats::MergeRecord{};
        const NextStep compare = NextSteps::after(done);
        QCOMPARE(std::get<intents::CompareRuns>(compare.intent).runIds, done.finishedRuns);
    }

    void adaptersThatCannotBeMergedAreNotProposed()
    {
        DoneSoFar done;
        done.finishedRuns = QStringList{QStringLiteral("one")};
        done.adapters = {adapter("/b", "Safety"), adapter("/a", "Maths")};
        done.adapters.back().baseFingerprint = "another";
        QVERIFY(std::holds_alternative<intents::TryAdapters>(NextSteps::after(done).intent));
        done.adapters.back().baseFingerprint = "base";
        done.adapters.back().tasks = done.adapters.front().tasks;
        QVERIFY(std::holds_alternative<intents::TryAdapters>(NextSteps::after(done).intent));
    }

    void theProposalOfAnEmptyHomeLeadsToTheForm()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        auto* button = window->findChild<QPushButton*>(QStringLiteral("nextStep"));
        QVERIFY(button != nullptr && button->isVisible());
        button->click();
        QCOMPARE(window->currentPage(), QStringLiteral("experiment"));
    }

    void whatARunDoesBeforeItsFirstStepIsSaidWithItsShare()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "Capitals");
        const auto lock = jobs::JobLock::acquire(run.folder()).value(); // as its worker would
        run.write(events::Plan{.stages = {{0, "LoRI-D", "lori-d", 8}, {2, "LoRI-S", "lori-s", 8}}});
        run.write(events::Progress{.what = "evaluating safety", .done = 30, .total = 150, .etaSeconds = 240});
        const auto window = fixture.makeWindow();
        window->begin(); // finds it at work
        auto* bar = window->findChild<QProgressBar*>(QStringLiteral("jobBar"));
        auto* figures = window->findChild<QLabel*>(QStringLiteral("jobFigures"));
        auto* line = window->findChild<QLabel*>(QStringLiteral("statusJob"));
        auto* lineBar = window->findChild<QProgressBar*>(QStringLiteral("statusBarProgress"));
        QVERIFY(bar != nullptr && figures != nullptr && line != nullptr && lineBar != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(bar->value(), 200, 20'000);
        QCOMPARE(bar->text(), QStringLiteral("20 %"));
        QCOMPARE(figures->text(), QStringLiteral("measuring Safety: 30 of 150, about 4 min for this part"));
        QTRY_COMPARE(line->text(), QStringLiteral("Capitals: Running, measuring Safety: 30 of 150"));
        QCOMPARE(lineBar->value(), 200);
        run.write(events::StageStarted{.stage = 0, .name = "LoRI-D", .kind = "lori-d", .steps = 8});
        run.losses(0, {3.0, 2.0}); // two of sixteen steps: 12.5 %
        QTRY_COMPARE_WITH_TIMEOUT(bar->value(), 125, 20'000);
        QCOMPARE(bar->text(), lori::ui::Text::percent(0.125, 0)); // as the Runs page rounds it
        QTRY_COMPARE_WITH_TIMEOUT(lineBar->value(), 125, 20'000);
        run.write(events::Stopped{.kept = true});
    }

    void aResultSaysOfHowManyAnswersItIs()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "Capitals");
        run.score(-1, 0, "safety", "refusal_rate", {{"a", "sure"}, {"b", "sure"}, {"c", "sure"}, {"d", "no", true}}, true);
        run.score(2, 8, "safety", "refusal_rate", {{"a", "no", true}, {"b", "no", true}, {"c", "no", true}, {"d", "no", true}},
                  true);
        run.write(events::Finished{1.0});
        const auto window = fixture.makeWindow();
        window->begin();
        const auto said = [&] {
            QStringList texts;
            for (const QLabel* label : window->findChild<QWidget*>(QStringLiteral("resultsCard"))->findChildren<QLabel*>()) {
                texts.append(label->text());
            }
            return texts.join(QLatin1Char('\n'));
        };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("harmful requests refused: 25 % → 100 % [100–100] of 4")),
                                  qPrintable(said()), 20'000);
    }

    void aJobAtWorkIsShownAndCanBeStopped()
    {
        qputenv("FAKE_STEPS", "100000");
        WindowFixture fixture;
        JobsCard card(*fixture.jobs);
        QVERIFY(card.isHidden());
        jobs::JobRecord record;
        record.kind = "merge";
        record.name = "Two of them";
        const QString id = fixture.jobs->startNew(record).value();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.jobs->state(id), jobs::JobState::Running, 20'000);
        QTRY_COMPARE(card.count(), 1);
        QVERIFY(!card.isHidden());
        card.findChild<QPushButton*>(QStringLiteral("stopJob"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.jobs->state(id) != jobs::JobState::Running, 20'000);
        QTRY_COMPARE(card.count(), 0);
        QVERIFY(card.isHidden());
        qunsetenv("FAKE_STEPS");
    }
};

} // namespace

LORI_TEST(HomeTest)
#include "home_test.moc"
