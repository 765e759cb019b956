// SPDX-License-Identifier: Apache-2.0
// What is changed while a stage is at work is part of what the run did: resuming, repeating and branching give the same bits.
#include "core/events/event_follower.h"
#include "core/jobs/control.h"
#include "core/runs/branch.h"
#include "core/runs/mask_moments.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/engine_support/tiny_run.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <map>
#include <set>

using namespace lori;
using experiment::Setting;
using Changes = std::vector<experiment::StageChange>;

namespace {

/// Newest (loss, learning rate) of each (stage, step).
using Steps = std::map<std::pair<std::int64_t, std::int64_t>, std::pair<double, double>>;

Steps stepsOf(const jobs::RunFolder& folder)
{
    Steps steps;
    events::EventFollower follower(folder.eventsFile());
    for (const events::Event& event : follower.poll().value()) {
        if (const auto* step = event.as<events::Step>()) {
            steps[{step->stage, step->step}] = {step->loss.value(), step->learningRate};
        }
    }
    return steps;
}

std::string adapterHash(const jobs::RunFolder& folder)
{
    return sha256OfFile(folder.adapterFolder(2, experiment::StageKind::LoriS) / "adapter_model.safetensors").value();
}

bool isStep(const events::Event& event, std::int64_t stage, std::int64_t step)
{
    const auto* made = event.as<events::Step>();
    return made != nullptr && made->stage == stage && made->step == step;
}

} // namespace

class ChangesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path root = m_folder.path().toStdString();
        m_home.root = root / "home";
        m_model = root / "model";
        test::writeTinyModel(m_model);
        std::string rows;
        for (int i = 0; i < 40; ++i) {
            const std::string number = std::to_string(i);
            rows += nlohmann::json{{"instruction", "say " + number}, {"output", "it is " + number}}.dump() + "\n";
        }
        m_data = root / "rows.jsonl";
        writeFileAtomically(m_data, rows).value();
    }

    void theRateHoldsFromTheNextStepAndTheRecipeRepeatsTheBits()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto asked = [&](const events::Event& event) {
            if (isStep(event, 0, 3)) {
                folder.sendChange({0, Setting::LearningRate, 5e-2}).value();
            } else if (isStep(event, 2, 5)) {
                folder.sendChange({0, Setting::LearningRate, 1e-3}).value();
            }
        };
        QVERIFY(runs::runWorker(folder, {m_home, asked, nullptr}).has_value());
        const Steps steps = stepsOf(folder);
        const auto rateAt = [&](std::int64_t stage, std::int64_t step) {
            return steps.at({stage, step}).second;
        };
        QCOMPARE(rateAt(0, 3), 1e-2);
        QCOMPARE(rateAt(0, 4), 5e-2);
        QCOMPARE(rateAt(0, 8), 5e-2);
        QCOMPARE(rateAt(2, 1), 1e-2); // the other stage has its own
        QCOMPARE(rateAt(2, 6), 1e-3);

        const experiment::RunConfig recipe = folder.recipe().value();
        QCOMPARE(recipe.stages[0].changes, (Changes{{3, Setting::LearningRate, 5e-2}}));
        QCOMPARE(recipe.stages[2].changes, (Changes{{5, Setting::LearningRate, 1e-3}}));
        QVERIFY(folder.config().value().stages[0].changes.empty()); // what was asked for at first stays as it was
        const auto again = jobs::RunFolder::create(m_home, recipe).value();
        QVERIFY(runs::runWorker(again, {m_home, {}, nullptr}).has_value());
        QCOMPARE(stepsOf(again), steps);
        QCOMPARE(adapterHash(again), adapterHash(folder));

        const auto untouched = jobs::RunFolder::create(m_home, config()).value();
        QVERIFY(runs::runWorker(untouched, {m_home, {}, nullptr}).has_value());
        QVERIFY(adapterHash(untouched) != adapterHash(folder));
    }

    void stepsDoneAgainAfterAStopAreDoneAsTheyWere()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        const auto first = [&](const events::Event& event) {
            if (isStep(event, 0, 4)) {
                folder.sendChange({0, Setting::LearningRate, 5e-2}).value();
            } else if (isStep(event, 0, 6)) {
                folder.sendCommand(jobs::Command::StopAndKeep).value();
            }
        };
        QVERIFY(!runs::runWorker(folder, {m_home, first, nullptr}).has_value());
        // As a kill would leave it: the newest checkpoint is the one before the change.
        for (const auto& entry : std::filesystem::directory_iterator(folder.checkpoints())) {
            if (entry.path().filename().string().find("step-3") == std::string::npos) {
                std::filesystem::remove_all(entry.path());
            }
        }
        QVERIFY(runs::runWorker(folder, {m_home, {}, nullptr}).has_value());
        const auto again = jobs::RunFolder::create(m_home, folder.recipe().value()).value();
        QVERIFY(runs::runWorker(again, {m_home, {}, nullptr}).has_value());
        QCOMPARE(stepsOf(again), stepsOf(folder));
        QCOMPARE(adapterHash(again), adapterHash(folder));
    }

    void aStageGrowsAndEndsWhenSomebodySaysSo()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        std::vector<events::StageStarted> stages;
        const auto asked = [&](const events::Event& event) {
            if (const auto* started = event.as<events::StageStarted>()) {
                stages.push_back(*started);
            }
            if (isStep(event, 0, 5)) {
                folder.sendChange({0, Setting::Steps, 1}).value(); // end here
            } else if (isStep(event, 2, 7)) {
                folder.sendChange({0, Setting::Steps, 13}).value();
            }
        };
        QVERIFY(runs::runWorker(folder, {m_home, asked, nullptr}).has_value());
        const Steps steps = stepsOf(folder);
        QVERIFY(steps.count({0, 5}) == 1 && steps.count({0, 6}) == 0);
        QVERIFY(steps.count({2, 13}) == 1 && steps.count({2, 14}) == 0);
        QCOMPARE(stages.size(), std::size_t{3});
        QCOMPARE(stages[1].kind, std::string("mask")); // and the mask was found
        const experiment::RunConfig recipe = folder.recipe().value();
        QCOMPARE(recipe.stages[0].changes, (Changes{{5, Setting::Steps, 5}}));
        QCOMPARE(recipe.stages[2].changes, (Changes{{7, Setting::Steps, 13}}));
        const auto again = jobs::RunFolder::create(m_home, recipe).value();
        QVERIFY(runs::runWorker(again, {m_home, {}, nullptr}).has_value());
        QCOMPARE(stepsOf(again), steps);
        QCOMPARE(adapterHash(again), adapterHash(folder));
    }

    void theScheduleFollowsTheLength()
    {
        experiment::RunConfig linear = config();
        linear.optimizer.schedule = experiment::Schedule::Linear;
        const auto folder = jobs::RunFolder::create(m_home, linear).value();
        const auto asked = [&](const events::Event& event) {
            if (isStep(event, 0, 4)) {
                folder.sendChange({0, Setting::Steps, 16}).value();
            }
        };
        QVERIFY(runs::runWorker(folder, {m_home, asked, nullptr}).has_value());
        const Steps steps = stepsOf(folder);
        QCOMPARE(steps.at({0, 4}).second, 1e-2 * (1 - 3.0 / 8)); // the fourth step, of eight
        QCOMPARE(steps.at({0, 5}).second, 1e-2 * (1 - 4.0 / 16));
        const auto again = jobs::RunFolder::create(m_home, folder.recipe().value()).value();
        QVERIFY(runs::runWorker(again, {m_home, {}, nullptr}).has_value());
        QCOMPARE(stepsOf(again), steps);
        QCOMPARE(adapterHash(again), adapterHash(folder));
    }

    void aBranchHasThePastAndGoesOnToOtherBits()
    {
        experiment::RunConfig kept = config();
        kept.evaluation.maskMoments = 2;
        const auto parent = jobs::RunFolder::create(m_home, kept).value();
        QVERIFY(runs::runWorker(parent, {m_home, {}, nullptr}).has_value());
        const auto eventsOfParent = readTextFile(parent.eventsFile()).value();
        const runs::BranchPoint point = runs::branchPoint(parent).value();
        QCOMPARE(point.stage, std::int64_t{2});
        QCOMPARE(point.step, std::int64_t{8});
        const auto child =
            runs::branchRun(m_home, parent, {"longer", {{0, Setting::LearningRate, 2e-2}, {0, Setting::Steps, 12}}}).value();
        QCOMPARE(child.config().value().parentRun, parent.id());
        QCOMPARE(child.config().value().name, std::string("longer"));
        QVERIFY(std::filesystem::exists(runs::momentFile(child, 1, 4)));
        std::set<std::pair<std::int64_t, std::int64_t>> done;
        const auto observed = [&](const events::Event& event) {
            if (const auto* step = event.as<events::Step>()) {
                done.insert({step->stage, step->step});
            }
        };
        QVERIFY(runs::runWorker(child, {m_home, observed, nullptr}).has_value());
        QCOMPARE(done, (std::set<std::pair<std::int64_t, std::int64_t>>{{2, 9}, {2, 10}, {2, 11}, {2, 12}})); // nothing twice
        const Steps steps = stepsOf(child);
        for (const auto& [key, step] : stepsOf(parent)) {
            QCOMPARE(steps.at(key), step);
        }
        const auto again = jobs::RunFolder::create(m_home, child.recipe().value()).value();
        QVERIFY(runs::runWorker(again, {m_home, {}, nullptr}).has_value());
        QCOMPARE(stepsOf(again), steps);
        QCOMPARE(adapterHash(again), adapterHash(child));
        QCOMPARE(readTextFile(parent.eventsFile()).value(), eventsOfParent);
        QVERIFY(adapterHash(child) != adapterHash(parent));
    }

    void whatCannotBranchSaysWhy()
    {
        const auto fresh = jobs::RunFolder::create(m_home, config()).value();
        QCOMPARE(runs::branchPoint(fresh).error().code, ErrorCode::NotFound);
        QCOMPARE(runs::branchRun(m_home, fresh, {"x", {}}).error().code, ErrorCode::NotFound);
        QVERIFY(runs::runWorker(fresh, {m_home, {}, nullptr}).has_value());
        QCOMPARE(runs::branchRun(m_home, fresh, {"x", {{0, Setting::LearningRate, -1}}}).error().code,
                 ErrorCode::InvalidArgument);
    }

    void aValueThatCannotBeIsNotTaken()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        QCOMPARE(folder.sendChange({0, Setting::LearningRate, 0}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(folder.sendChange({0, Setting::Steps, 2.5}).error().code, ErrorCode::InvalidArgument);
        const auto asked = [&](const events::Event& event) {
            if (isStep(event, 0, 2)) { // as somebody may write it by hand
                std::ofstream(folder.controlFile(), std::ios::app)
                    << R"({"timeMs":9999999999999,"command":"change","what":"learning-rate","value":-1})"
                       "\n"
                    << R"({"timeMs":9999999999999,"command":"change","what":"mood","value":1})"
                       "\n"
                    << R"({"timeMs":9999999999999,"command":"change","what":"steps","value":"many"})"
                       "\n";
            }
        };
        QVERIFY(runs::runWorker(folder, {m_home, asked, nullptr}).has_value());
        QCOMPARE(stepsOf(folder).at({0, 8}).second, 1e-2);
        QVERIFY(folder.recipe().value() == config());
    }

    void whatIsAskedBetweenTrainingsIsSaid()
    {
        const auto folder = jobs::RunFolder::create(m_home, config()).value();
        std::string said;
        const auto asked = [&](const events::Event& event) {
            if (event.as<events::Plan>() != nullptr) {
                folder.sendChange({0, Setting::Steps, 100}).value();
            }
            if (const auto* note = event.as<events::Note>(); note != nullptr && note->code == "change_unused") {
                said = note->text;
            }
        };
        QVERIFY(runs::runWorker(folder, {m_home, asked, nullptr}).has_value());
        QVERIFY(!said.empty());
        QVERIFY(folder.recipe().value() == config());
    }

private:
    experiment::RunConfig config() const
    {
        experiment::RunConfig c = test::tinyRun(m_model, m_data);
        c.checkpoint.keep = 4;
        return c;
    }

    QTemporaryDir m_folder;
    Home m_home;
    std::filesystem::path m_model;
    std::filesystem::path m_data;
};

LORI_TEST(ChangesTest)
#include "changes_test.moc"
