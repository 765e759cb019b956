// SPDX-License-Identifier: Apache-2.0
// Every recipe the program ships can be read, and the small ones share what they have in common.
#include "core/experiment/recipe.h"
#include "core/recipes/recipe_list.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <algorithm>

using namespace lori;

namespace {

experiment::Recipe open(const std::string& id)
{
    return experiment::readRecipe(recipes::findRecipe(id).value().string(), {"/data", ""}).value();
}

std::string keyOf(const experiment::Recipe& recipe, const std::string& step)
{
    const auto keys = experiment::stepKeys(recipe);
    return keys[static_cast<std::size_t>(recipe.find(step) - recipe.steps.data())];
}

} // namespace

class ShippedRecipesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allAreReadAndSayWhatTheyShow()
    {
        const auto list = recipes::listRecipes().value();
        QVERIFY(list.size() >= 8);
        for (const recipes::ShippedRecipe& shipped : list) {
            const auto recipe = experiment::readRecipe(shipped.file.string(), {"/data", ""});
            QVERIFY2(recipe.has_value(), recipe ? "" : recipe.error().sentence().c_str());
            QCOMPARE(shipped.file.stem().string(), recipe->id);
            QVERIFY(!recipe->tables.empty() && (!recipe->claims.empty() || !recipe->relations.empty()));
            QVERIFY(!recipe->explanation.empty() && !recipe->source.empty());
        }
    }

    void eachFigureOfThePaperHasBothSizes()
    {
        for (const char* id :
             {"paper-sparsity", "paper-merging", "paper-continual", "paper-single-task", "small-sparsity", "small-story"}) {
            QVERIFY2(recipes::findRecipe(id).has_value(), id);
        }
    }

    void thePaperRecipesTrainAsTheReferenceDoes()
    {
        const auto recipe = open("paper-single-task");
        const auto& dense = std::get<experiment::RunConfig>(recipe.find("maths-lori-d")->work);
        QCOMPARE(dense.stages.front().batchRows, std::int64_t{32}); // method.md §1.2
        QCOMPARE(dense.stages.front().epochs, 3.0);
        QCOMPARE(dense.stages.front().learningRate, 5e-5);
        QCOMPARE(dense.data.order, experiment::RowOrder::Reference);
        QCOMPARE(dense.data.truncation, experiment::Truncation::Reference);
        QCOMPARE(dense.optimizer.clip, experiment::ClipRule::PerTensor);
        const auto& sparse = std::get<experiment::RunConfig>(recipe.find("maths-lori-s")->work);
        QCOMPARE(sparse.stages.back().learningRate, 5e-4);
        QVERIFY(!sparse.stages.back().reuseProjection);
    }

    void theClaimTesterSetsAAndNothingElse()
    {
        const auto recipe = open("small-orthogonality");
        const auto configOf = [&](const char* step) {
            return std::get<experiment::RunConfig>(recipe.find(step)->work);
        };
        QCOMPARE(configOf("same-code-d-2").adapter, configOf("same-maths-d-2").adapter);
        QVERIFY(configOf("random-code-d-2").adapter.projectionSeed != configOf("random-maths-d-2").adapter.projectionSeed);
        QCOMPARE(configOf("orthogonal-code-d-2").adapter.projectionSeed, configOf("orthogonal-maths-d-2").adapter.projectionSeed);
        QVERIFY(configOf("orthogonal-code-d-2").adapter.orthogonalBlock !=
                configOf("orthogonal-maths-d-2").adapter.orthogonalBlock);
        auto other = configOf("orthogonal-code-d-2");
        other.adapter = configOf("same-code-d-2").adapter;
        other.name = configOf("same-code-d-2").name;
        QCOMPARE(other, configOf("same-code-d-2"));
        QCOMPARE(recipe.relations.front().points.size(), std::size_t{3 * 2 * 3 * 4});
    }

    void whatTwoRecipesShareIsTheSameWork()
    {
        const auto story = open("small-story");
        const auto sparsity = open("small-sparsity");
        for (const char* task : {"nlu", "safety"}) {
            QCOMPARE(keyOf(sparsity, std::string(task) + "-lori-d"), keyOf(story, std::string(task) + "-lori-d"));
            QCOMPARE(keyOf(sparsity, std::string(task) + "-lori-s-90"), keyOf(story, std::string(task) + "-lori-s"));
        }
    }
};

LORI_TEST(ShippedRecipesTest)
#include "shipped_recipes_test.moc"
