// SPDX-License-Identifier: Apache-2.0
// A whole recipe as a job, with a tiny model: every kind of step, stopping, going on, and what is not done again.
#include "core/events/event_follower.h"
#include "core/experiment/recipe.h"
#include "core/jobs/control.h"
#include "core/runs/worker.h"
#include "core/support/files.h"
#include "core/workers/kinds_workshop.h"
#include "core/workers/recipe_job.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <map>

using namespace lori;
using nlohmann::json;

namespace {

json recipeJson()
{
    return json::parse(R"({
        "id": "tiny", "title": "Tiny", "model": "unused",
        "values": {
            "run": {"model": "{model}", "device": "cpu", "data": {"sources": [{"task": "{task}", "maxRows": 40}], "maxTokens": 96, "maxPromptTokens": 48},
                    "adapter": {"rank": 4, "alpha": 8},
                    "evaluation": {"beforeTraining": false, "tasks": [{"task": "{task}", "limit": 4}], "maxNewTokens": 4, "heldOutEverySteps": 0},
                    "checkpoint": {"everySteps": 1}},
            "measure": {"model": "{model}", "device": "cpu", "maxTokens": 96, "maxNewTokens": 4, "heldOutShare": 0.2,
                        "tasks": [{"task": "safety", "limit": 4}, {"task": "maths", "limit": 4}],
                        "losses": [{"name": "safety", "sources": [{"task": "safety", "maxRows": 40}], "rows": 4}]}
        },
        "steps": [
            {"id": "base", "measure": {"use": "measure"}},
            {"for": {"task": ["safety", "maths"]}, "id": "{task}-lori-d",
             "train": {"use": "run", "adapter": {"projectionSeed": 1}, "stages": [{"kind": "lori-d", "learningRate": 0.001, "steps": 3, "batchRows": 2}]}},
            {"for": {"task": ["safety"]}, "id": "{task}-lori-s",
             "train": {"use": "run", "stages": [
                {"kind": "mask", "fromAdapter": "@safety-lori-d", "mask": {"sparsity": 0.5}},
                {"kind": "lori-s", "fromAdapter": "@safety-lori-d", "learningRate": 0.001, "steps": 2, "batchRows": 2}]}},
            {"for": {"task": ["maths"]}, "id": "{task}-after",
             "train": {"use": "run", "stages": [
                {"kind": "lori-s", "fromAdapter": "@safety-lori-s", "start": "continue", "maskFile": "@safety-lori-s:0", "learningRate": 0.001, "steps": 2, "batchRows": 2}]}},
            {"id": "meeting", "interference": {"adapters": ["@safety-lori-d", "@maths-lori-d"]}},
            {"id": "merged", "merge": {"adapters": ["@safety-lori-d", "@maths-lori-d"], "weights": [0.5, 0.5]}},
            {"id": "scored", "measure": {"use": "measure", "adapter": "@merged"}}
        ],
        "tables": [{"title": "Scores", "columns": [
                      {"title": "safety", "task": "safety", "score": "safety.refusal_rate"},
                      {"title": "loss", "task": "safety", "score": "loss.safety"}],
                    "rows": [{"title": "base", "step": "base"}, {"title": "alone", "step": "<task>-lori-d"},
                             {"title": "merged", "step": "scored", "against": "base"},
                             {"title": "both", "step": ["base", "scored"]}]}],
        "relations": [{"title": "Overlap and loss", "xTitle": "overlap", "yTitle": "lost", "xScore": "interference.rowOverlap",
                       "points": [{"group": "both", "x": "meeting", "y": "scored", "against": "base", "score": "loss.safety"},
                                  {"group": "both", "x": "meeting", "y": "scored", "against": "base", "score": "safety.refusal_rate"}]}],
        "claims": [{"paper": "Merging keeps safety", "expect": "not-lower", "margin": 1,
                    "pairs": [{"first": "scored", "second": "safety-lori-d", "score": "safety.refusal_rate"}]}]
    })");
}

} // namespace

class RecipeRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_home.root = place("home");
        test::writeTinyModel(place("model"));
        m_steps.clear();
    }

    void everyStepIsDoneOnceAndReported()
    {
        const json report = run(recipeJson());
        QCOMPARE(m_steps.size(), std::size_t{8});
        const json& rows = report.at("tables").at(0).at("rows");
        QCOMPARE(rows.at(0).at("cells").at(0).at("n"), json(4));
        QVERIFY(rows.at(1).at("cells").at(1).is_null()); // a run measures no loss of its own
        QVERIFY(rows.at(2).at("cells").at(0).contains("change"));
        QCOMPARE(rows.at(2).at("cells").at(0).at("change").at("rows"), json(4));
        QVERIFY(rows.at(2).at("cells").at(1).at("value").get<double>() > 0);
        QCOMPARE(rows.at(3).at("cells").at(0).at("runs"), json(2));
        QCOMPARE(report.at("interference").size(), std::size_t{1});
        QCOMPARE(report.at("merges").at(0).at("weights"), json({0.5, 0.5}));
        const json& relation = report.at("relations").at(0);
        QCOMPARE(relation.at("points").size(), std::size_t{2});
        QCOMPARE(relation.at("points").at(0).at("x").get<double>(),
                 report.at("interference").at(0).at("pairs").at(0).at("rowOverlap").get<double>());
        QCOMPARE(relation.at("points").at(0).at("y").get<double>(),
                 rows.at(2).at("cells").at(1).at("change").at("value").get<double>());
        QCOMPARE(relation.at("points").at(1).at("y").get<double>(),
                 -rows.at(2).at("cells").at(0).at("change").at("value").get<double>()); // higher is better: lost when it falls
        QCOMPARE(relation.at("groups").at(0).at("sets"), json(1));
        QVERIFY(relation.at("groups").at(0).at("range").is_null()); // one set says nothing of the spread
        QVERIFY(relation.at("rank").is_null());
        QCOMPARE(report.at("claims").at(0).at("verdict"), json("agrees")); // a margin of 100 points
        const std::string text = readTextFile(m_home.root / "recipes" / "tiny" / "report.md").value();
        for (const char* part : {"## Scores", "| merged |", "## Overlap and loss", "| both | 1 |", "## Interference: meeting",
                                 "**agrees**", "8 steps"}) {
            QVERIFY2(text.find(part) != std::string::npos, part);
        }

        m_steps.clear();
        QCOMPARE(run(recipeJson()), report); // from what is there
        QVERIFY(m_steps.empty());
    }

    void onlyWhatChangedIsDoneAgain()
    {
        static_cast<void>(run(recipeJson()));
        m_steps.clear();
        json changed = recipeJson();
        changed["steps"][5]["merge"]["weights"] = {0.7, 0.3};
        static_cast<void>(run(changed));
        QCOMPARE(m_steps, (std::vector<std::string>{"merged", "scored"}));
    }

    void equalWorkIsFoundUnderAnotherName()
    {
        const json report = run(recipeJson());
        m_steps.clear();
        std::string text = recipeJson().dump();
        for (const auto& [name, other] : {std::pair{"-lori-d", "-dense"}, {"merged", "joined"}, {"tiny", "other"}}) {
            text = QString::fromStdString(text).replace(QLatin1String(name), QLatin1String(other)).toStdString();
        }
        const json other = run(json::parse(text));
        QCOMPARE(other.at("recipe"), json("other"));
        QVERIFY(m_steps.empty());
        QCOMPARE(other.at("claims"), report.at("claims"));
    }

    void aStoppedTrainingGoesOn()
    {
        m_stopAt = "safety-lori-d: training";
        const auto stopped = tryRun(recipeJson());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QCOMPARE(m_steps, (std::vector<std::string>{"base", "safety-lori-d"}));
        m_stopAt.clear();
        m_steps.clear();
        static_cast<void>(run(recipeJson()));
        QCOMPARE(m_steps.front(), std::string("safety-lori-d"));
        std::vector<std::int64_t> steps;
        for (const auto& entry : std::filesystem::directory_iterator(m_home.runs())) {
            if (entry.path().filename().string().rfind("recipe-safety-lori-d-", 0) == 0) {
                events::EventFollower follower(entry.path() / "events.jsonl");
                for (const events::Event& event : follower.poll().value()) {
                    if (event.type() == "step") {
                        steps.push_back(events::fieldsOf(event.payload).at("step"));
                    }
                }
            }
        }
        QCOMPARE(steps, (std::vector<std::int64_t>{1, 2, 3})); // not one step twice
    }

    void aStoppedMeasurementLeavesNothingHalf()
    {
        m_stopAt = "base: evaluating";
        const auto stopped = tryRun(recipeJson());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QCOMPARE(experiment::recipeFromJson(recipeJson(), variables()).value().steps.size(), std::size_t{8});
        QVERIFY(!job(recipeJson()).steps().front().done);
        m_stopAt.clear();
        static_cast<void>(run(recipeJson()));
    }

    void whatCannotWorkIsRefusedBeforeTheFirstStep()
    {
        json broken = recipeJson();
        broken["steps"][5]["merge"]["method"] = "blend";
        const auto refused = tryRun(broken);
        QVERIFY(!refused);
        QVERIFY2(refused.error().sentence().find("step merged") != std::string::npos, refused.error().sentence().c_str());
        QVERIFY(m_steps.empty());
        broken = recipeJson();
        broken["steps"][6]["measure"]["tasks"] = {{{"task", "boolq"}}};
        QVERIFY(!tryRun(broken)); // no folder of published sets
        QVERIFY(m_steps.empty());
        QVERIFY(!std::filesystem::exists(m_home.runs()));
    }

    /// Runs and steps as the program of 2026-11 left them: runs/recipe-<step>-<key>, recipes/steps/<step>-<key>/ with adapter/.
    void whatAnOlderProgramDidIsFound()
    {
        const json report = run(recipeJson());
        const experiment::Recipe recipe = experiment::recipeFromJson(recipeJson(), variables()).value();
        const std::vector<std::string> keys = experiment::stepKeys(recipe);
        std::map<std::string, std::string> renamed; // runs name the folders that they start from
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::filesystem::path made =
                std::filesystem::path(report.at("steps").at(i).at("result").get<std::string>()).parent_path();
            const std::string name = recipe.steps[i].id + "-" + keys[i].substr(0, 12);
            if (recipe.steps[i].trains()) {
                std::filesystem::rename(made, m_home.runs() / ("recipe-" + name));
                renamed[made.string()] = (m_home.runs() / ("recipe-" + name)).string();
                continue;
            }
            const std::filesystem::path old = m_home.root / "recipes" / "steps" / name;
            std::filesystem::create_directories(old);
            for (const auto& [from, to] : {std::pair{"result.json", "result.json"}, {"items", "items"}, {"merged", "adapter"}}) {
                if (std::filesystem::exists(made / from)) {
                    std::filesystem::rename(made / from, old / to);
                }
            }
        }
        for (const auto& run : std::filesystem::directory_iterator(m_home.runs())) {
            for (const char* file : {"config.json", "events.jsonl"}) {
                QString text = QString::fromStdString(readTextFile(run.path() / file).value());
                for (const auto& [from, to] : renamed) {
                    text.replace(QString::fromStdString(from), QString::fromStdString(to));
                }
                writeFileAtomically(run.path() / file, text.toStdString()).value();
            }
        }
        std::filesystem::remove_all(m_home.jobs());
        m_steps.clear();
        const json again = run(recipeJson());
        QCOMPARE(m_steps, std::vector<std::string>());
        for (const char* part : {"tables", "claims", "merges", "interference"}) {
            QCOMPARE(again.at(part), report.at(part));
        }
        json changed = recipeJson(); // and what is new goes on from it
        changed["steps"][5]["merge"]["weights"] = {0.7, 0.3};
        static_cast<void>(run(changed));
        QCOMPARE(m_steps, (std::vector<std::string>{"merged", "scored"}));
    }

    void aRunOfTheCommandLineIsFound()
    {
        const experiment::Recipe recipe = experiment::recipeFromJson(recipeJson(), variables()).value();
        experiment::RunConfig config = std::get<experiment::RunConfig>(recipe.find("maths-lori-d")->work);
        config.name = "By hand";
        const auto own = jobs::RunFolder::create(m_home, config).value();
        static_cast<void>(runs::runWorker(own, {m_home, {}, nullptr}).value());
        static_cast<void>(run(recipeJson()));
        QVERIFY(std::find(m_steps.begin(), m_steps.end(), "maths-lori-d") == m_steps.end());
        QVERIFY(std::find(m_steps.begin(), m_steps.end(), "maths-after") != m_steps.end());
    }

    void aRunOnRowsThatChangedSinceIsNotFound()
    {
        writeFileAtomically(place("rows.jsonl"), rows("it is ")).value();
        json own = recipeJson();
        own["steps"][1]["train"]["data"]["sources"] = json::array({json{{"file", place("rows.jsonl").string()}}});
        static_cast<void>(run(own));
        m_steps.clear();
        writeFileAtomically(place("rows.jsonl"), rows("it was ")).value();
        static_cast<void>(run(own));
        QVERIFY(std::find(m_steps.begin(), m_steps.end(), "safety-lori-d") != m_steps.end());
    }

private:
    std::filesystem::path place(const char* name) const { return std::filesystem::path(m_folder->path().toStdString()) / name; }
    experiment::RecipeVariables variables() const { return {"", place("model").string()}; }

    static std::string rows(const std::string& answer)
    {
        std::string text;
        for (int i = 0; i < 30; ++i) {
            text += json{{"instruction", "say " + std::to_string(i)}, {"output", answer + std::to_string(i)}}.dump() + "\n";
        }
        return text;
    }

    workers::RecipeJobOptions optionsOf(const json& recipe) const { return {recipe, "", place("model").string()}; }
    workers::RecipeJob job(const json& recipe) const { return {m_home, optionsOf(recipe)}; }

    Result<json> tryRun(const json& recipe)
    {
        return guard([&]() -> json {
            workers::RecipeJob kind = job(recipe);
            const jobs::JobRecord record{"recipe", "tiny", events::fieldsOf(optionsOf(recipe)), {}, 0};
            const auto folder = workers::unfinishedOrNew(m_home, record).value();
            std::atomic<bool> interrupt = false;
            jobs::WorkOptions options;
            options.interrupt = &interrupt;
            options.observer = [&](const events::Event& event) {
                if (const auto* child = event.as<events::Child>(); child != nullptr && child->state == "begins") {
                    m_steps.push_back(child->node);
                } else if (const auto* progress = event.as<events::Progress>(); progress != nullptr && !m_stopAt.empty()) {
                    interrupt = interrupt || progress->what.rfind(m_stopAt, 0) == 0;
                }
            };
            json report = jobs::workInJob(folder, kind, options).value().json;
            report.erase("job");
            return report;
        });
    }
    json run(const json& recipe)
    {
        const auto report = tryRun(recipe);
        if (!report) {
            qWarning("%s", report.error().sentence().c_str());
        }
        return report.value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Home m_home;
    std::vector<std::string> m_steps;
    std::string m_stopAt; ///< beginning of the progress at which it is stopped; "" = never
};

LORI_TEST(RecipeRunTest)
#include "recipe_run_test.moc"
