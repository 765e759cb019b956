// SPDX-License-Identifier: Apache-2.0
// Recipe files: loops, values, references, and what makes two steps the same work.
#include "core/experiment/recipe.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using experiment::Recipe;
using nlohmann::json;

namespace {

json smallRecipe()
{
    return json::parse(R"({
        "id": "small", "title": "Small",
        "values": {
            "rate": {"lora": 0.001, "lori-d": 0.002},
            "run": {"data": {"sources": [{"task": "{task}"}]}, "adapter": {"rank": 4, "alpha": 8}},
            "tasks": ["safety", "maths"]
        },
        "steps": [
            {"for": {"task": "$tasks", "method": ["lora", "lori-d"]}, "id": "{task}-{method}",
             "train": {"use": "run", "name": "{task}", "adapter": {"rank": 8},
                       "stages": [{"kind": "{method}", "learningRate": "$rate.{method}", "steps": 2}]}},
            {"id": "merged", "merge": {"adapters": ["@safety-lora", "@maths-lora:0"], "weights": [0.5, 0.5]}},
            {"id": "scored", "measure": {"adapter": "@merged", "tasks": [{"task": "maths", "limit": 3}]}}
        ],
        "tables": [{"title": "T", "columns": [{"title": "maths", "task": "maths", "score": "maths.accuracy"}],
                    "rows": [{"title": "alone", "step": ["<task>-lora", "<task>-lori-d"]}, {"title": "merged", "step": "scored", "against": "<task>-lora"}]}],
        "claims": [{"paper": "P", "expect": "not-lower", "margin": 0.1,
                    "pairs": [{"first": "scored", "second": "maths-lora", "score": "maths.accuracy"}]}]
    })");
}

Recipe read(const json& value)
{
    return experiment::recipeFromJson(value, {}).value();
}

std::string problemOf(const json& value)
{
    const auto recipe = experiment::recipeFromJson(value, {});
    return recipe ? "" : recipe.error().sentence();
}

std::map<std::string, std::string> keysOf(const Recipe& recipe)
{
    const auto keys = experiment::stepKeys(recipe);
    std::map<std::string, std::string> byId;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        byId[recipe.steps[i].id] = keys[i];
    }
    return byId;
}

} // namespace

class RecipeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loopsAndValuesAreWrittenOut()
    {
        const Recipe recipe = read(smallRecipe());
        QCOMPARE(recipe.steps.size(), std::size_t{6});
        const auto& run = std::get<experiment::RunConfig>(recipe.find("maths-lori-d")->work);
        QCOMPARE(run.stages.front().kind, experiment::StageKind::LoriD);
        QCOMPARE(run.stages.front().learningRate, 0.002);
        QCOMPARE(run.data.sources.front().task, std::string("maths"));
        QCOMPARE(run.adapter.rank, std::int64_t{8}); // its own field wins
        QCOMPARE(run.adapter.alpha, 8.0);            // the other comes from what it uses
        const auto& rows = recipe.tables.front().rows;
        QCOMPARE(rows[0].cells[0][1], (experiment::ScoreSource{"maths-lori-d", "maths.accuracy"}));
        QCOMPARE(rows[1].against[0], std::string("maths-lora"));
    }

    void aBrokenRecipeIsRefusedInOneSentence_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* pointer, const char* value, const char* sentence) {
            QTest::newRow(name) << pointer << value << sentence;
        };
        row("itself", "/steps/2/measure/adapter", "@scored", "names no earlier step");
        row("later", "/steps/1/merge/adapters/0", "@scored", "names no earlier step");
        row("missing", "/steps/1/merge/adapters/0", "@nobody", "names no earlier step");
        row("no stage", "/steps/1/merge/adapters/0", "@safety-lora:3", "has only 1 stages");
        row("no number", "/steps/1/merge/adapters/0", "@safety-lora:x", "must be a number");
        row("no variable", "/steps/0/id", "{nobody}-{method}", "has no value here");
        row("open brace", "/steps/0/id", "{task", "is not closed");
        row("no value", "/steps/0/train/stages/0/learningRate", "$rates.lora", "there is no value");
        row("no loop", "/steps/0/for/task", "3", "must be a list");
        row("ring of values", "/values/tasks", "$tasks", "lead back to themselves");
        row("same id", "/steps/2/id", "merged", "two steps have this id");
        row("odd id", "/steps/2/id", "Scored!", "lower-case letters");
        row("unknown field", "/steps/1/merge/weihgts", "[1]", "there is no such field");
        row("two works", "/steps/1/measure", "{}", "exactly one thing");
        row("run that may not start", "/values/run/adapter/alpha", "-1", "must be a finite number above 0");
        row("weights and preset", "/steps/1/merge/preset", "equal", "weights and a preset");
        row("nothing measured", "/steps/2/measure/tasks", "[]", "nothing is measured");
        row("unknown column", "/tables/0/rows/0/step", "<size>-lora", "is said by no column");
        row("table of nobody", "/tables/0/rows/0/step", "nobody", "there is no step");
        row("claim of nobody", "/claims/0/pairs/0/first", "nobody", "there is no step");
        row("newer", "/version", "9", "has version 9");
    }
    void aBrokenRecipeIsRefusedInOneSentence()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, sentence);
        json recipe = smallRecipe();
        const json parsed = json::parse(value.toStdString(), nullptr, false);
        recipe[json::json_pointer(pointer.toStdString())] = parsed.is_discarded() ? json(value.toStdString()) : parsed;
        const std::string problem = problemOf(recipe);
        QVERIFY2(QString::fromStdString(problem).contains(sentence), problem.c_str());
        QVERIFY2(problem.find('\n') == std::string::npos, problem.c_str());
    }

    void dataIsAskedForWhereItIsNeeded()
    {
        json recipe = smallRecipe();
        recipe["steps"][2]["measure"]["folder"] = "{data}";
        QVERIFY(QString::fromStdString(problemOf(recipe)).contains("--data"));
        QVERIFY(experiment::recipeFromJson(recipe, {"/somewhere", ""}).has_value());
    }

    void equalWorkHasEqualKeys()
    {
        const auto before = keysOf(read(smallRecipe()));
        json renamed = smallRecipe();
        renamed["id"] = "other";
        renamed["steps"][0]["train"]["name"] = "Another name";
        QCOMPARE(keysOf(read(renamed)), before);
    }

    void aChangeReachesExactlyWhatDependsOnIt()
    {
        const auto before = keysOf(read(smallRecipe()));
        json changed = smallRecipe();
        changed["values"]["rate"]["lori-d"] = 0.003;
        const auto other = keysOf(read(changed));
        QVERIFY(other.at("maths-lori-d") != before.at("maths-lori-d"));
        QCOMPARE(other.at("maths-lora"), before.at("maths-lora"));
        QCOMPARE(other.at("scored"), before.at("scored")); // merges LoRA alone
        changed = smallRecipe();
        changed["values"]["rate"]["lora"] = 0.003;
        const auto deep = keysOf(read(changed));
        QVERIFY(deep.at("merged") != before.at("merged"));
        QVERIFY(deep.at("scored") != before.at("scored"));
        QCOMPARE(deep.at("maths-lori-d"), before.at("maths-lori-d"));
    }
};

LORI_TEST(RecipeTest)
#include "recipe_test.moc"
