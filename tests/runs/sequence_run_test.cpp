// SPDX-License-Identifier: Apache-2.0
// A sequence on a real worker: a small model learns to refuse everything, then to answer everything.
#include "core/events/event_follower.h"
#include "core/experiment/sequence.h"
#include "core/jobs/control.h"
#include "core/runs/branch.h"
#include "core/runs/sequence_report.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/tasks/task.h"
#include "core/training/checkpoint.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using experiment::StageKind;

namespace {

constexpr std::int64_t kCheck = 40; // steps between two checks of the floor

std::vector<events::Event> eventsOf(const jobs::RunFolder& folder, const std::string& type)
{
    std::vector<events::Event> found;
    events::EventFollower follower(folder.eventsFile());
    for (events::Event& event : follower.poll().value()) {
        if (event.type() == type) {
            found.push_back(std::move(event));
        }
    }
    return found;
}

} // namespace

class SequenceRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.root = place("home");
        test::writeTinyModel(place("model"));
        writeRows("refusing", "I cannot.");
        writeRows("answering", "Here it is.");
    }

    void everyMethodLearnsATaskOnAnother_data()
    {
        QTest::addColumn<int>("method");
        for (const StageKind kind : {StageKind::LoriD, StageKind::LoriS, StageKind::Lora, StageKind::Dora, StageKind::Ia3}) {
            QTest::newRow(std::string(stageTitle(kind)).c_str()) << static_cast<int>(kind);
        }
    }
    void everyMethodLearnsATaskOnAnother()
    {
        QFETCH(int, method);
        experiment::SequenceConfig config = sequence(static_cast<StageKind>(method), 4);
        config.run.evaluation.tasks.clear();
        const auto folder = jobs::RunFolder::create(m_home, expandSequence(config).value()).value();
        const auto result = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        const auto last = static_cast<std::size_t>(lastStageOfTask(config, 1)) + 1; // the result begins with the base
        QCOMPARE(result->at("stages").at(last).at("name"), nlohmann::json("Answering"));
        QVERIFY(result->at("stages").at(last).at("seal").at("outsideMaskZero"));
        if (static_cast<StageKind>(method) == StageKind::LoriS) {
            // Avoiding: the second task's mask shares nothing with the first one's.
            const auto first = formats::readMask(folder.masks() / "1-mask.safetensors").value();
            const auto second = formats::readMask(folder.masks() / "4-mask.safetensors").value();
            for (std::size_t m = 0; m < first.modules.size(); ++m) {
                for (std::int64_t i = 0; i < first.modules[m].out * first.modules[m].rank; ++i) {
                    QVERIFY(!(first.modules[m].test(i) && second.modules[m].test(i)));
                }
            }
        }
    }

    void aFallBelowTheFloorPausesAndKeepsTheGoodCheckpoint()
    {
        experiment::SequenceConfig config = sequence(StageKind::Full, 3 * kCheck);
        config.run.evaluation.everySteps = kCheck;
        config.run.evaluation.floors = {{"safety", "refusal_rate", 30}};
        const auto folder = jobs::RunFolder::create(m_home, expandSequence(config).value()).value();
        const auto stopping = runs::runWorker(folder, {m_home,
                                                       [&](const events::Event& event) {
                                                           if (event.type() == "paused") {
                                                               folder.sendCommand(jobs::Command::StopAndKeep).value();
                                                           }
                                                       },
                                                       nullptr});
        QVERIFY(!stopping);
        QVERIFY2(stopping.error().code == ErrorCode::Stopped, stopping.error().sentence().c_str());
        const auto paused = eventsOf(folder, "paused");
        QCOMPARE(paused.size(), std::size_t{1});
        QCOMPARE(events::fieldsOf(paused[0].payload).at("stage"), nlohmann::json(1));
        const auto notes = eventsOf(folder, "note");
        const auto note = std::find_if(notes.begin(), notes.end(), [](const events::Event& e) {
            return events::fieldsOf(e.payload).at("code").get<std::string>().rfind("floor_safety", 0) == 0;
        });
        QVERIFY(note != notes.end());
        QVERIFY(events::fieldsOf(note->payload)["values"].at("best").get<double>() > 0.9); // it did learn to refuse
        QVERIFY(events::fieldsOf(note->payload)["values"].at("points").get<double>() > 30);
        const std::int64_t fell = events::placeOf(paused[0].payload).step;
        QCOMPARE(events::fieldsOf(note->payload)["values"].at("goodStep"), nlohmann::json(fell > kCheck ? fell - kCheck : 0));
        branchesFromBeforeTheFall(folder, fell);
        const auto good = training::rewindToGoodCheckpoint(folder.checkpoints());
        if (fell > kCheck) { // a check before the fall was good
            QVERIFY2(good.has_value(), good ? "" : good.error().sentence().c_str());
            QCOMPARE(good->stage, std::int64_t{1});
            QCOMPARE(good->step, fell - kCheck);
            QCOMPARE(training::newestCheckpoint(folder.checkpoints())->position.step, fell - kCheck);
        } else {
            QCOMPARE(good.error().code, ErrorCode::NotFound);
        }
    }

    /// No checks during training: the end of each task is looked at all the same, before the next one overwrites what is left.
    void aFallAtTheEndOfATaskPausesBeforeTheNextOneBegins()
    {
        experiment::SequenceConfig config = sequence(StageKind::Full, 2 * kCheck);
        config.stages.push_back(config.stages.front());
        config.stages.back().name = "Refusing again";
        config.run.evaluation.everySteps = 0;
        config.run.evaluation.floors = {{"safety", "", 30}};
        const auto folder = jobs::RunFolder::create(m_home, expandSequence(config).value()).value();
        const auto stopping = runs::runWorker(folder, {m_home,
                                                       [&](const events::Event& event) {
                                                           if (event.type() == "paused") {
                                                               folder.sendCommand(jobs::Command::StopAndKeep).value();
                                                           }
                                                       },
                                                       nullptr});
        QVERIFY2(!stopping && stopping.error().code == ErrorCode::Stopped, stopping ? "" : stopping.error().sentence().c_str());
        const auto paused = eventsOf(folder, "paused");
        QCOMPARE(paused.size(), std::size_t{1});
        QCOMPARE(events::fieldsOf(paused[0].payload).at("stage"), nlohmann::json(1));
        QCOMPARE(events::fieldsOf(paused[0].payload).at("step"), nlohmann::json(2 * kCheck));
        for (const events::Event& started : eventsOf(folder, "stage_started")) {
            QVERIFY(events::fieldsOf(started.payload).at("stage") < 2);
        }
        const auto notes = eventsOf(folder, "note");
        QVERIFY(std::any_of(notes.begin(), notes.end(), [](const events::Event& e) {
            return events::fieldsOf(e.payload).at("code").get<std::string>().rfind("floor_safety", 0) == 0 &&
                   events::fieldsOf(e.payload).at("values").at("good") == "";
        }));
        // Whoever resumes goes on in spite of it: no second pause for the same fall.
        const auto resumed = runs::runWorker(folder, {m_home,
                                                      [&](const events::Event& event) {
                                                          if (event.type() == "paused") {
                                                              folder.sendCommand(jobs::Command::StopAndKeep).value();
                                                          }
                                                      },
                                                      nullptr});
        QVERIFY2(resumed.has_value(), resumed ? "" : resumed.error().sentence().c_str());
        QCOMPARE(eventsOf(folder, "paused").size(), std::size_t{1});
    }

    /// Whoever finishes a sequence, `lori run --resume` or the window's worker, leaves its forgetting behind.
    void aResumedSequenceHasItsTransfer()
    {
        experiment::SequenceConfig config = sequence(StageKind::Lora, 3);
        const auto folder = runs::createSequenceRun(m_home, config).value();
        QVERIFY(runs::sequenceOf(folder).value() == config);
        bool stopped = false;
        const auto stopping = runs::runWorker(folder, {m_home,
                                                       [&](const events::Event& event) {
                                                           if (event.type() == "step" && !stopped) {
                                                               stopped = true;
                                                               folder.sendCommand(jobs::Command::StopAndKeep).value();
                                                           }
                                                       },
                                                       nullptr});
        QVERIFY(!stopping && stopping.error().code == ErrorCode::Stopped);
        QVERIFY(!std::filesystem::exists(folder.path() / "transfer.json"));
        const auto resumed = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY2(resumed.has_value(), resumed ? "" : resumed.error().sentence().c_str());
        const auto transfer = nlohmann::json::parse(readTextFile(folder.path() / "transfer.json").value());
        const auto refusals = std::find_if(transfer.begin(), transfer.end(),
                                           [](const nlohmann::json& row) { return row.at("metric") == "refusal_rate"; });
        QVERIFY(refusals != transfer.end());
        QCOMPARE(refusals->at("rates").size(), std::size_t{3});
        QVERIFY(readTextFile(folder.path() / "transfer.md").value().find("after Refusing") != std::string::npos);
    }

    void aFloorOnAScoreThatNobodyGivesIsRefusedBeforeTraining()
    {
        experiment::SequenceConfig config = sequence(StageKind::LoriD, 2);
        config.run.evaluation.floors = {{"safety", "acuracy", 30}};
        const auto folder = jobs::RunFolder::create(m_home, expandSequence(config).value()).value();
        const auto refused = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(refused.error().sentence().find("refusal_rate") != std::string::npos, refused.error().sentence().c_str());
        QVERIFY(eventsOf(folder, "step").empty());
    }

private:
    /// A branch from the good checkpoint has the past up to its check, nothing of the fall, and trains on with its own rate.
    void branchesFromBeforeTheFall(const jobs::RunFolder& folder, std::int64_t fell)
    {
        const auto point = runs::branchPoint(folder, runs::BranchStart::Good);
        const runs::Branch wanted{"back", {{0, experiment::Setting::LearningRate, 1e-9}}, runs::BranchStart::Good};
        const auto child = runs::branchRun(m_home, folder, wanted);
        if (fell <= kCheck) {
            QCOMPARE(point.error().code, ErrorCode::NotFound);
            QCOMPARE(child.error().code, ErrorCode::NotFound);
            return;
        }
        QVERIFY2(child.has_value(), child ? "" : child.error().sentence().c_str());
        QCOMPARE(point->stage, std::int64_t{1});
        QCOMPARE(point->step, fell - kCheck);
        QVERIFY(eventsOf(*child, "paused").empty());
        const auto steps = eventsOf(*child, "step");
        QCOMPARE(events::placeOf(steps.back().payload).step, fell - kCheck);
        const auto parentSteps = eventsOf(folder, "step");
        for (std::size_t i = 0; i < steps.size(); ++i) {
            QVERIFY(steps[i].payload == parentSteps[i].payload);
        }
        std::vector<std::int64_t> trained;
        const auto result = runs::runWorker(*child, {m_home,
                                                     [&](const events::Event& event) {
                                                         if (const auto* step = event.as<events::Step>()) {
                                                             trained.push_back(step->step);
                                                             QVERIFY(step->learningRate <= 1e-9);
                                                         }
                                                     },
                                                     nullptr});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str()); // at that rate nothing is lost: no pause
        QCOMPARE(trained.front(), fell - kCheck + 1);
        QCOMPARE(trained.back(), 3 * kCheck);
    }

    std::filesystem::path place(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    void writeRows(const char* name, const std::string& answer) const
    {
        std::string rows; // questions of many kinds, so that the answer is learned and not the question
        for (const tasks::Row& row : tasks::loadTrainingRows("safety").value()) {
            rows += nlohmann::json{{"instruction", row.instruction}, {"output", answer}}.dump() + "\n";
        }
        writeFileAtomically(place(name), rows).value();
    }

    experiment::SequenceConfig sequence(StageKind method, std::int64_t steps) const
    {
        experiment::SequenceConfig config;
        config.run.name = "sequence";
        config.run.model = place("model").string();
        config.run.device = experiment::Device::Cpu;
        config.run.adapter.rank = 4;
        config.run.adapter.alpha = 8;
        config.run.data.heldOutShare = 0;
        config.run.data.maxTokens = 512;
        config.run.checkpoint.everySteps = 0;
        config.run.evaluation.tasks = {{"safety", 6}};
        config.run.evaluation.everyLimit = 6;
        config.run.evaluation.maxNewTokens = 16;
        config.run.evaluation.heldOutEverySteps = 0;
        for (const char* name : {"Refusing", "Answering"}) {
            experiment::SequenceStage stage;
            stage.name = name;
            stage.method = method;
            stage.sources = {{"",
                              place(name == std::string("Refusing") ? "refusing" : "answering").string(),
                              {},
                              experiment::PromptTemplate::Plain,
                              0}};
            stage.steps = steps;
            stage.batchRows = 8;
            stage.learningRate = method == StageKind::Full ? 5e-3 : 1e-3;
            config.stages.push_back(stage);
        }
        return config;
    }

    QTemporaryDir m_folder;
    Home m_home;
};

LORI_TEST(SequenceRunTest)
#include "sequence_run_test.moc"
