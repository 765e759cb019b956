// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_life.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/runs/run_header.h"
#include "ui/services/run_progress.h"
#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <QLabel>
#include <QProgressBar>

using namespace lori::ui;
using lori::events::Event;
using lori::jobs::JobState;
using nlohmann::json;

namespace {

Event makeEvent(std::int64_t seq, const std::string& type, json values)
{
    return {seq, 1'000'000 + seq * 1000, lori::events::payloadFrom(type, values.dump())};
}

std::vector<Event> twoStages()
{
    return {
        makeEvent(1, "started", {{"device", "cpu"}}),
        makeEvent(2, "plan", {{"stages", {{{"index", 0}, {"steps", 4}}, {{"index", 2}, {"steps", 4}}}}}),
        makeEvent(3, "score",
                  {{"stage", -1}, {"task", "safety"}, {"metric", "refusal_rate"}, {"value", 0.1}, {"low", 0.0}, {"high", 0.2}}),
        makeEvent(4, "stage_started", {{"stage", 0}, {"steps", 4}}),
        makeEvent(5, "step", {{"stage", 0}, {"step", 1}, {"loss", 2.5}, {"etaSeconds", 30.0}, {"tokensPerSecond", 200}}),
        makeEvent(6, "stage_finished", {{"stage", 0}, {"seconds", 12.5}})};
}

} // namespace

class RunProgressTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStripNamesEveryStageAndItsTime()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        progress.append(twoStages());
        const auto strip = progress.strip(JobState::Running, 1'008'000);
        QCOMPARE(strip.size(), std::size_t{5});
        QCOMPARE(strip[0].state, StepState::Done);
        QCOMPARE(strip[0].seconds, 3.0);
        QCOMPARE(strip[1].state, StepState::Done);
        QCOMPARE(strip[1].seconds, 12.5);
        QCOMPARE(strip[2].state, StepState::Waiting);
        QCOMPARE(strip[4].state, StepState::Waiting);
        QCOMPARE(progress.share(), 0.5);
    }

    void evaluateHasATimeOnlyWhereItTookOne()
    {
        const auto ended = [](std::int64_t afterMs) {
            RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
            auto events = twoStages();
            events.push_back(makeEvent(7, "stage_started", {{"stage", 2}, {"steps", 4}}));
            events.push_back(makeEvent(8, "stage_finished", {{"stage", 2}, {"seconds", 1.0}}));
            Event last = makeEvent(9, "finished", json::object());
            last.timeMs = 1'008'000 + afterMs;
            events.push_back(last);
            progress.append(events);
            return progress.strip(JobState::Finished, 1'100'000).back();
        };
        QCOMPARE(ended(400).state, StepState::Done);
        QCOMPARE(ended(400).seconds, -1.0);
        QCOMPARE(ended(7000).seconds, 7.0);
    }

    void aResultSaysOfHowManyAnswersItIs()
    {
        QCOMPARE(Text::rate(0.9, 0.83, 0.94, 150), QStringLiteral("90 % [83–94] of 150"));
        QCOMPARE(Text::rate(0.9, 0.8, 0.95, 0), Text::rate(0.9, 0.8, 0.95));
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        auto events = twoStages(); // 10 % before
        events.push_back(makeEvent(7, "score",
                                   {{"stage", 2},
                                    {"task", "safety"},
                                    {"metric", "refusal_rate"},
                                    {"value", 0.9},
                                    {"low", 0.83},
                                    {"high", 0.94},
                                    {"hits", 135},
                                    {"n", 150}}));
        events.push_back(makeEvent(8, "finished", json::object()));
        progress.append(events);
        RunHeader header;
        header.show(QStringLiteral("Capitals"), JobState::Finished, progress);
        const QString figures = header.findChild<QLabel*>(QStringLiteral("runFigures"))->text();
        QVERIFY2(figures.startsWith(QStringLiteral("harmful requests refused 10 % → 90 % [83–94] of 150")), qPrintable(figures));
    }

    void aFailureMarksTheOpenStage()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        auto events = twoStages();
        events.pop_back();
        progress.append(events);
        QCOMPARE(progress.strip(JobState::Failed, 1'009'000)[1].state, StepState::Failed);
    }

    void theTimeLeftCountsDownBetweenSteps()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        progress.append(twoStages());
        QCOMPARE(progress.etaSeconds(1'005'000), 30.0);
        QCOMPARE(progress.etaSeconds(1'015'000), 20.0);
        QCOMPARE(progress.etaSeconds(1'999'000), 0.0);
    }

    void timeStandsStillWhileARunIsPaused()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        auto events = twoStages();
        events.pop_back(); // a step at 1'005'000 with 30 s left, the stage began at 1'004'000
        events.push_back(makeEvent(6, "paused", {{"stage", 0}, {"step", 1}}));
        progress.append(events);
        QCOMPARE(progress.pausedSinceMs(), std::int64_t{1'006'000});
        QCOMPARE(progress.etaSeconds(1'006'000), 29.0);
        QCOMPARE(progress.etaSeconds(1'906'000), 29.0); // a quarter of an hour later
        QCOMPARE(progress.strip(JobState::Paused, 1'906'000)[1].seconds, 2.0);
        progress.append({makeEvent(907, "continued", {{"stage", 0}, {"step", 1}})}); // at 1'907'000
        QCOMPARE(progress.pausedSinceMs(), std::int64_t{0});
        QCOMPARE(progress.etaSeconds(1'908'000), 28.0);
        QCOMPARE(progress.strip(JobState::Running, 1'908'000)[1].seconds, 3.0);
    }

    void theTimeBetweenTwoAttemptsIsNoWork()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        auto events = twoStages();
        events.pop_back();
        events.push_back(makeEvent(6, "failed", {{"error", {{"code", "io"}, {"what", "x"}}}}));
        progress.append(events);
        progress.append({makeEvent(2006, "started", {{"resumed", true}})});     // half an hour later
        QCOMPARE(progress.strip(JobState::Running, 3'010'000)[1].seconds, 6.0); // 1'004 … 1'006 and 3'006 … 3'010
        QCOMPARE(progress.etaSeconds(3'010'000), -1.0);                         // nobody has said it yet
    }

    void theTimeOfOnePartIsNotTheRunsTime()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        progress.append(
            {makeEvent(1, "started", json::object()),
             makeEvent(2, "progress",
                       {{"stage", -1}, {"what", "evaluating safety"}, {"done", 30}, {"total", 150}, {"etaSeconds", 60.0}})});
        QCOMPARE(progress.etaSeconds(1'002'000), -1.0); // nobody knows yet how long the training takes
        QCOMPARE(progress.activityEtaSeconds(1'002'000), 60.0);
        QCOMPARE(progress.activityEtaSeconds(1'012'000), 50.0);
        QCOMPARE(progress.activityDone(), 30);
        QCOMPARE(progress.activityTotal(), 150);
        progress.append({makeEvent(
            3, "progress", {{"stage", -1}, {"what", "evaluating safety"}, {"done", 120}, {"total", 150}, {"etaSeconds", 9.0}})});
        QCOMPARE(progress.activityEtaSeconds(1'003'000), 9.0); // the newest estimate counts
        progress.append({makeEvent(4, "step", {{"stage", 0}, {"step", 1}, {"loss", 2.5}, {"etaSeconds", 300.0}})});
        QCOMPARE(progress.activityEtaSeconds(1'004'000), -1.0);
        QCOMPARE(progress.etaSeconds(1'004'000), 300.0);
    }

    void beforeTheFirstStepTheBarIsThePartsAndSaysSo()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        progress.append({makeEvent(1, "started", json::object()),
                         makeEvent(2, "plan", {{"stages", {{{"index", 0}, {"steps", 4}}, {{"index", 2}, {"steps", 4}}}}})});
        QCOMPARE(progress.shareBeforeSteps(), -1.0); // nobody counts anything
        QCOMPARE(progress.activityText(1'002'000), QString());
        progress.append({makeEvent(
            3, "progress", {{"stage", -1}, {"what", "evaluating safety"}, {"done", 30}, {"total", 150}, {"etaSeconds", 240.0}})});
        QCOMPARE(progress.share(), 0.0);
        QCOMPARE(progress.shareBeforeSteps(), 0.2);
        QCOMPARE(progress.activityText(1'003'000), QStringLiteral("measuring Safety: 30 of 150, about 4 min for this part"));
        progress.append({makeEvent(4, "progress", {{"stage", -1}, {"what", "evaluating safety"}, {"done", 60}, {"total", 150}})});
        RunHeader header;
        header.show(QStringLiteral("Capitals"), JobState::Running, progress);
        auto* bar = header.findChild<QProgressBar*>(QStringLiteral("runBar"));
        auto* figures = header.findChild<QLabel*>(QStringLiteral("runFigures"));
        QCOMPARE(bar->text(), QStringLiteral("measuring Safety: 60 of 150"));
        QCOMPARE(bar->value(), 400);                                                                   // of 1000
        QVERIFY2(!figures->text().contains(QStringLiteral("measuring")), qPrintable(figures->text())); // said once
        progress.append({makeEvent(5, "stage_started", {{"stage", 0}, {"steps", 4}}),
                         makeEvent(6, "step", {{"stage", 0}, {"step", 1}, {"loss", 2.5}})});
        QCOMPARE(progress.shareBeforeSteps(), -1.0);
        progress.append({makeEvent(7, "progress", {{"stage", 0}, {"what", "evaluating safety"}, {"done", 90}, {"total", 150}})});
        QCOMPARE(progress.shareBeforeSteps(), -1.0); // now all steps count, and the figures say what is done
        header.show(QStringLiteral("Capitals"), JobState::Running, progress);
        QCOMPARE(bar->text(), Text::percent(0.125, 0) + QStringLiteral(" of all steps"));
        QCOMPARE(bar->value(), 125);
        QVERIFY2(figures->text().contains(QStringLiteral("measuring Safety: 90 of 150")), qPrintable(figures->text()));
    }

    void whatTheWorkerDoesIsSaidInWords()
    {
        QCOMPARE(Text::activity("evaluating safety"), QStringLiteral("measuring Safety"));
        QCOMPARE(Text::activity("p2: evaluating maths"), QStringLiteral("p2: measuring Maths"));
        QCOMPARE(Text::activity("loading the model"), QStringLiteral("loading the model"));
        QCOMPARE(Text::activity("something new"), QStringLiteral("something new"));
    }

    void aDiscardedRunSaysSo()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        progress.append(twoStages());
        QVERIFY(!progress.isDiscarded());
        progress.append({makeEvent(8, "stopped", {{"kept", false}})});
        QVERIFY(progress.isDiscarded());
        progress.append({makeEvent(9, "started", json::object())});
        QVERIFY(!progress.isDiscarded());
    }

    void valuesOfTheWrongTypeAreNotTrusted()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        progress.append({makeEvent(1, "plan", {{"stages", {1, "x"}}}),
                         makeEvent(2, "step", {{"stage", "no"}, {"step", 1.5}, {"loss", "nan"}}),
                         makeEvent(3, "score", {{"value", nullptr}}), makeEvent(4, "seal", json::object()),
                         makeEvent(5, "stage_finished", json::object())});
        QVERIFY(!progress.loss().has_value());
        QVERIFY(!progress.seals().front().holds());
    }

    void scoresAreComparedWithTheTimeBeforeTraining()
    {
        RunProgress progress(lori::ui::test::WindowFixture::shortConfig(4));
        auto events = twoStages();
        events.push_back(makeEvent(7, "score", {{"stage", 0}, {"task", "safety"}, {"metric", "refusal_rate"}, {"value", 0.9}}));
        progress.append(events);
        const auto change = progress.changes().at({"safety", "refusal_rate"});
        QCOMPARE(change.before->value, 0.1);
        QCOMPARE(change.now->value, 0.9);
    }
};

LORI_TEST(RunProgressTest)
#include "run_progress_test.moc"
