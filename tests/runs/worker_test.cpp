// SPDX-License-Identifier: Apache-2.0
#include "core/events/event_follower.h"
#include "core/jobs/control.h"
#include "core/jobs/job_lock.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/engine_support/tiny_run.h"
#include "tests/runs/event_count.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using test::countEvents;
using test::lossesOf;

class WorkerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.root = std::filesystem::path(m_folder.path().toStdString()) / "home";
        m_model = std::filesystem::path(m_folder.path().toStdString()) / "model";
        test::writeTinyModel(m_model);
        m_data = std::filesystem::path(m_folder.path().toStdString()) / "rows.jsonl";
        test::writeTinyRows(m_data, 40);
    }

    void runsFromLoriDOverTheMaskToLoriS()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto result = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        QCOMPARE(lossesOf(folder).size(), std::size_t{16});
        QCOMPARE(countEvents(folder, "finished"), 1);
        QVERIFY(std::filesystem::exists(folder.adapterFolder(0, experiment::StageKind::LoriD) / "adapter_model.safetensors"));
        QVERIFY(std::filesystem::exists(folder.adapterFolder(2, experiment::StageKind::LoriS) / "lori.json"));
        QVERIFY(std::filesystem::exists(folder.path() / "report.md"));
        for (const int stage : {1, 3}) { // result.json begins with the base
            const nlohmann::json& seal = result->at("stages").at(static_cast<std::size_t>(stage)).at("seal");
            QVERIFY(seal.at("aUnchanged") && seal.at("baseUnchanged") && seal.at("outsideMaskZero"));
        }
        const auto again = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY(again.has_value());
        QCOMPARE(again->at("stages"), result->at("stages"));
        QCOMPARE(countEvents(folder, "finished"), 1);
    }

    void aStoppedRunGoesOnWithTheSameBits()
    {
        const auto straight = jobs::RunFolder::create(m_home, config()).value();
        QVERIFY(runs::runWorker(straight, {m_home, {}, nullptr}).has_value());
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        for (const int stopAt : {2, 5, 6}) {
            int steps = 0;
            const auto stopping = runs::runWorker(folder, {m_home,
                                                           [&](const events::Event& event) {
                                                               if (event.type() == "step" && ++steps == stopAt) {
                                                                   folder.sendCommand(jobs::Command::StopAndKeep).value();
                                                               }
                                                           },
                                                           nullptr});
            QVERIFY(!stopping.has_value());
            QCOMPARE(stopping.error().code, ErrorCode::Stopped);
        }
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        QCOMPARE(lossesOf(folder), lossesOf(straight));
    }

    void pausesAndContinues()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto result =
            runs::runWorker(folder, {m_home,
                                     [&](const events::Event& event) {
                                         if (event.type() == "step" && events::fieldsOf(event.payload).at("step") == 3 &&
                                             events::fieldsOf(event.payload).at("stage") == 0) {
                                             folder.sendCommand(jobs::Command::Pause).value();
                                         }
                                         if (event.type() == "paused") {
                                             folder.sendCommand(jobs::Command::Continue).value();
                                         }
                                     },
                                     nullptr});
        QVERIFY(result.has_value());
        QCOMPARE(countEvents(folder, "paused"), 1);
        QCOMPARE(countEvents(folder, "continued"), 1);
        QCOMPARE(lossesOf(folder).size(), std::size_t{16});
    }

    void discardingRemovesWhatWasTrained()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto result =
            runs::runWorker(folder, {m_home,
                                     [&](const events::Event& event) {
                                         if (event.type() == "step" && events::fieldsOf(event.payload).at("step") == 4) {
                                             folder.sendCommand(jobs::Command::Discard).value();
                                         }
                                     },
                                     nullptr});
        QCOMPARE(result.error().code, ErrorCode::Stopped);
        QVERIFY(!std::filesystem::exists(folder.checkpoints()));
        QVERIFY(std::filesystem::exists(folder.eventsFile()));
    }

    void aDiscardedRunCannotGoOn()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto discarded =
            runs::runWorker(folder, {m_home,
                                     [&](const events::Event& event) {
                                         if (event.type() == "step" && events::fieldsOf(event.payload).at("step") == 2) {
                                             folder.sendCommand(jobs::Command::Discard).value();
                                         }
                                     },
                                     nullptr});
        QCOMPARE(discarded.error().code, ErrorCode::Stopped);
        const auto size = std::filesystem::file_size(folder.eventsFile());
        const auto resumed = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY(!resumed);
        QCOMPARE(resumed.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(resumed.error().sentence().find("discarded") != std::string::npos, resumed.error().sentence().c_str());
        QCOMPARE(std::filesystem::file_size(folder.eventsFile()), size); // nothing was begun
    }

    void aPauseHoldsWithinTheBaseModelsAnswers()
    {
        experiment::RunConfig c = config();
        c.stages.resize(1);
        c.evaluation.tasks = {{"safety", 4}};
        c.evaluation.beforeTraining = true;
        c.evaluation.maxNewTokens = 24;
        const auto folder = jobs::RunFolder::create(m_home, c).value();
        bool asked = false;
        const auto result = runs::runWorker(folder, {m_home,
                                                     [&](const events::Event& event) {
                                                         if (event.type() == "progress" && !asked &&
                                                             events::fieldsOf(event.payload).at("what") == "evaluating safety") {
                                                             asked = true;
                                                             folder.sendCommand(jobs::Command::Pause).value();
                                                         }
                                                         if (event.type() == "paused") {
                                                             folder.sendCommand(jobs::Command::Continue).value();
                                                         }
                                                     },
                                                     nullptr});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        events::EventFollower follower(folder.eventsFile());
        std::vector<std::string> order;
        for (const events::Event& event : follower.poll().value()) {
            if (event.type() == "paused" || event.type() == "continued" || event.type() == "score") {
                order.emplace_back(event.type());
                QVERIFY(event.type() == "score" || events::fieldsOf(event.payload).at("stage") == -1);
            }
        }
        QVERIFY(order.size() > 3);
        QCOMPARE(order[0], std::string("paused"));
        QCOMPARE(order[1], std::string("continued"));
        QCOMPARE(order[2], std::string("score"));
    }

    void aFolderThatIsRemovedEndsTheRunAndIsNotMadeAnew_data()
    {
        QTest::addColumn<bool>("moved");
        QTest::newRow("deleted") << false;
        QTest::newRow("moved to the trash") << true;
    }

    void aFolderThatIsRemovedEndsTheRunAndIsNotMadeAnew()
    {
        QFETCH(bool, moved);
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const std::filesystem::path elsewhere = m_home.root / "elsewhere";
        int steps = 0;
        const auto result = runs::runWorker(folder, {m_home,
                                                     [&](const events::Event& event) {
                                                         if (event.type() == "step" && ++steps == 3) { // a checkpoint is due
                                                             if (moved) {
                                                                 std::filesystem::rename(folder.path(), elsewhere);
                                                             } else {
                                                                 std::filesystem::remove_all(folder.path());
                                                             }
                                                         }
                                                     },
                                                     nullptr});
        QVERIFY(!result);
        QVERIFY2(result.error().sentence().find("folder was removed or moved") != std::string::npos,
                 result.error().sentence().c_str());
        QCOMPARE(steps, 3);
        QVERIFY(!std::filesystem::exists(folder.path()));
        std::filesystem::remove_all(elsewhere);
    }

    void onAProcessorNoHeartBeatSpeaksOfAGpu()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        events::EventFollower follower(folder.eventsFile());
        int beats = 0;
        for (const events::Event& event : follower.poll().value()) {
            if (event.type() == "heartbeat") {
                ++beats;
                QVERIFY(events::fieldsOf(event.payload).contains("rssBytes") &&
                        !events::fieldsOf(event.payload).contains("gpuBytes"));
            }
        }
        QVERIFY(beats > 0);
    }

    void aSecondWorkerIsRefused()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto lock = jobs::JobLock::acquire(folder);
        QVERIFY(lock.has_value());
        QCOMPARE(runs::runWorker(folder, {m_home, {}, nullptr}).error().code, ErrorCode::Busy);
    }

    void aMissingModelFailsWithOneSentenceAndOneTerminalEvent()
    {
        experiment::RunConfig broken = config();
        broken.model = (m_model / "gone").string();
        const auto folder = jobs::RunFolder::create(m_home, broken).value();
        const auto result = runs::runWorker(folder, {m_home, {}, nullptr});
        QCOMPARE(result.error().code, ErrorCode::NotFound);
        QCOMPARE(countEvents(folder, "failed"), 1);
    }

    void theReferenceModeDrawsANewA()
    {
        experiment::RunConfig reference = config();
        reference.stages[2].reuseProjection = false;
        const auto folder = jobs::RunFolder::create(m_home, reference).value();
        const auto result = runs::runWorker(folder, {m_home, {}, nullptr}).value();
        QVERIFY(result.at("stages").at(1).at("seal").at("aHash") != result.at("stages").at(3).at("seal").at("aHash"));
    }

    void trainsOnAndScoresAPublishedSet()
    {
        const std::filesystem::path sets = std::filesystem::path(m_folder.path().toStdString()) / "sets";
        std::filesystem::create_directories(sets / "boolq");
        std::string rows;
        for (int i = 0; i < 30; ++i) {
            const std::string answer = i % 3 == 0 ? "false" : "true";
            rows += nlohmann::json{{"instruction", "is " + std::to_string(i) + " so?\n\nAnswer format: true/false"},
                                   {"input", ""},
                                   {"output", "the correct answer is " + answer},
                                   {"answer", answer}}
                        .dump() +
                    "\n";
        }
        writeFileAtomically(sets / "boolq/train.jsonl", rows).value();
        writeFileAtomically(sets / "boolq/test.jsonl", rows).value();
        experiment::RunConfig c = config();
        c.data.folder = sets.string();
        c.data.sources.front().file.clear();
        c.data.sources.front().task = "boolq";
        c.stages.resize(1);
        experiment::EvaluationTask task;
        task.task = "boolq";
        task.limit = 10;
        task.how = experiment::EvaluationHow::LogLikelihood;
        c.evaluation.tasks = {task};
        c.evaluation.beforeTraining = true;
        c.evaluation.afterEachStage = true;
        const auto folder = jobs::RunFolder::create(m_home, c).value();
        const auto result = runs::runWorker(folder, {m_home, {}, nullptr});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        for (const int stage : {0, 1}) {
            const nlohmann::json& scores = result->at("stages").at(static_cast<std::size_t>(stage)).at("scores");
            QCOMPARE(scores.at("boolq.accuracy").at("n").get<int>(), 10);
            QCOMPARE(scores.at("boolq.accuracy_normalized").at("n").get<int>(), 10);
        }
        QVERIFY(std::filesystem::exists(folder.items() / "stage--1-step-0-boolq-accuracy.jsonl"));
        QVERIFY(!std::filesystem::exists(folder.items() / "stage--1-step-0-boolq-accuracy_normalized.jsonl"));
    }

private:
    experiment::RunConfig config() const { return test::tinyRun(m_model, m_data); }

    QTemporaryDir m_folder;
    Home m_home;
    std::filesystem::path m_model;
    std::filesystem::path m_data;
};

LORI_TEST(WorkerTest)
#include "worker_test.moc"
