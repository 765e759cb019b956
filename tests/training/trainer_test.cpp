// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/lori_adapter.h"
#include "core/support/files.h"
#include "core/training/checkpoint.h"
#include "core/training/trainer.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace lori;

namespace {

experiment::RunConfig smallConfig(experiment::LossReduction loss = experiment::LossReduction::SequenceSum)
{
    experiment::RunConfig config;
    config.optimizer.loss = loss;
    config.adapter.rank = 4;
    config.adapter.alpha = 8;
    return config;
}

experiment::StageConfig smallStage(std::int64_t steps)
{
    experiment::StageConfig stage;
    stage.steps = steps;
    stage.batchRows = 4;
    stage.learningRate = 1e-2;
    return stage;
}

std::vector<training::TokenizedRow> smallRows()
{
    std::vector<training::TokenizedRow> rows;
    for (std::int32_t i = 0; i < 12; ++i) {
        rows.push_back({{65 + i, 66 + i, 67}, {97 + i, 98, 99 + i, 258}});
    }
    return rows;
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_base = test::openTinyModel(path("model")); }

    void learnsWhatItIsShown()
    {
        Setup s(*this, 30);
        const double before = s.trainer.evaluateLoss(m_rows).loss;
        for (int i = 0; i < 30; ++i) {
            s.trainer.step();
        }
        QVERIFY2(s.trainer.evaluateLoss(m_rows).loss < 0.6 * before, "the loss did not fall");
    }

    /// The reductions weigh the same −log p: a sum over a row's tokens and a mean over rows is tokens / rows times the mean over
    /// tokens, whatever a step is split into.
    void theLossPerTokenIsTheSameWhateverIsTrainedOn()
    {
        experiment::StageConfig parts = smallStage(1);
        parts.accumulate = 3;
        Setup sums(*this, 1, parts);
        Setup means(*this, 1, parts, experiment::LossReduction::TokenMean);
        const training::StepResult a = sums.trainer.step();
        const training::StepResult b = means.trainer.step();
        QVERIFY(a.scoredTokens > a.rows);
        const double tokensOfARow = static_cast<double>(a.scoredTokens) / static_cast<double>(a.rows);
        QVERIFY(std::abs(a.loss - tokensOfARow * a.lossPerToken) < 1e-9 * a.loss);
        QVERIFY(std::abs(b.loss - b.lossPerToken) < 1e-9 * b.loss);
        QCOMPARE(a.lossPerToken, b.lossPerToken); // the same rows, before the first update
        Setup fresh(*this, 1);
        const training::EvaluatedLoss heldOut = fresh.trainer.evaluateLoss(m_rows);
        QVERIFY(std::abs(heldOut.loss - tokensOfARow * heldOut.lossPerToken) < 1e-9 * heldOut.loss); // rows of equal length
        QCOMPARE(fresh.trainer.evaluateLoss({}).lossPerToken, 0.0);
    }

    void trainingTwiceGivesTheSameBits()
    {
        Setup a(*this, 5);
        Setup b(*this, 5);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(a.trainer.step().loss, b.trainer.step().loss);
        }
    }

    void splittingAStepIntoPartsChangesNoNumberBeyondRounding()
    {
        Setup whole(*this, 4);
        experiment::StageConfig parts = smallStage(4);
        parts.accumulate = 3;
        Setup split(*this, 4, parts);
        for (int i = 0; i < 4; ++i) {
            const double a = whole.trainer.step().loss;
            const double b = split.trainer.step().loss;
            QVERIFY(std::abs(a - b) < 1e-4 * a);
        }
    }

    void aCheckpointGoesOnWithTheSameBits()
    {
        Setup straight(*this, 6);
        Setup first(*this, 6);
        for (int i = 0; i < 3; ++i) {
            straight.trainer.step();
            first.trainer.step();
        }
        const training::CheckpointPosition position{0, 3, "blas", 2, "hash"};
        const auto file =
            training::writeCheckpoint(path("checkpoints"), position, *first.method, first.trainer.optimizer()).value();
        Setup second(*this, 6);
        training::restoreCheckpoint(file, *second.method, second.trainer.optimizer()).value();
        QCOMPARE(second.trainer.stepsDone(), std::int64_t{3});
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(second.trainer.step().loss, straight.trainer.step().loss);
        }
    }

    void aBrokenNewestCheckpointIsPassedOver()
    {
        Setup s(*this, 4);
        s.trainer.step();
        const std::filesystem::path folder = path("broken");
        const auto whole = training::writeCheckpoint(folder, {0, 1, "blas", 2, "hash"}, *s.method, s.trainer.optimizer()).value();
        writeFileAtomically(folder / "stage-0-step-2.safetensors", readTextFile(whole).value().substr(0, 200)).value();
        writeFileAtomically(folder / "notes.txt", "not ours").value();
        const auto found = training::newestCheckpoint(folder);
        QVERIFY(found.has_value());
        QCOMPARE(found->position.step, std::int64_t{1});
        training::pruneCheckpoints(folder, 1);
        QVERIFY(std::filesystem::exists(folder / "notes.txt"));
    }

    void refusesACheckpointOfAnotherAdapter()
    {
        Setup s(*this, 2);
        s.trainer.step();
        const auto file =
            training::writeCheckpoint(path("foreign"), {0, 1, "blas", 2, "hash"}, *s.method, s.trainer.optimizer()).value();
        experiment::RunConfig other = smallConfig();
        other.adapter.projectionSeed = 99;
        const auto method = adapters::LoriAdapter::create(m_base, other.adapter).value();
        training::Optimizer optimizer(other.optimizer, method->parameters());
        const auto restored = training::restoreCheckpoint(file, *method, optimizer);
        QVERIFY(!restored.has_value());
        QCOMPARE(restored.error().code, ErrorCode::Mismatch);
    }

    void clipsEachTensorByItsOwnNormAfterMasking()
    {
        std::vector<adapters::Parameter> parameters;
        parameters.push_back({"a", at::zeros({2}), at::tensor({3.0F, 4.0F})});
        parameters.push_back({"b", at::zeros({2}), at::tensor({0.3F, 0.4F})});
        training::Optimizer optimizer(experiment::OptimizerConfig{}, parameters);
        const double norm = optimizer.step(parameters, 1e-3);
        QVERIFY(std::abs(norm - std::sqrt(25.25)) < 1e-6);
        // m = 0.1 · g · min(1, 1 / (‖g‖ + 1e-6)): the first tensor is clipped from norm 5 to 1, the second not at all.
        QVERIFY(std::abs(optimizer.moments()[0].first[0].item<double>() - 0.1 * 0.6) < 1e-6);
        QVERIFY(std::abs(optimizer.moments()[1].first[0].item<double>() - 0.1 * 0.3) < 1e-6);
        // Bias correction makes the first step the learning rate itself, against the gradient.
        QVERIFY(std::abs(parameters[0].value[0].item<double>() + 1e-3) < 1e-6);
    }

    void aGradientThatIsNotFiniteChangesNothing()
    {
        std::vector<adapters::Parameter> parameters;
        parameters.push_back({"a", at::ones({2}), at::tensor({std::numeric_limits<float>::quiet_NaN(), 1.0F})});
        training::Optimizer optimizer(experiment::OptimizerConfig{}, parameters);
        QVERIFY_EXCEPTION_THROWN(optimizer.step(parameters, 1e-3), Exception);
        QVERIFY(at::equal(parameters[0].value, at::ones({2})));
        QCOMPARE(optimizer.stepsDone(), std::int64_t{0});
    }

    void everyEpochVisitsEveryRowOnce()
    {
        experiment::StageConfig stage = smallStage(0);
        stage.epochs = 2;
        stage.batchRows = 5;
        const auto plan = training::planBatches(m_rows, stage, experiment::RowOrder::Seeded, 1).value();
        std::vector<int> visits(m_rows.size(), 0);
        for (const auto& batch : plan) {
            for (const std::int32_t row : batch) {
                ++visits[static_cast<std::size_t>(row)];
            }
        }
        QCOMPARE(visits, std::vector<int>(m_rows.size(), 2));
        QCOMPARE(plan.size(), std::size_t{6});
        const auto reference = training::planBatches(m_rows, stage, experiment::RowOrder::Reference, 0).value();
        QCOMPARE(reference.size(), std::size_t{4}); // 12 rows in fives: the short third batch of each epoch is dropped
    }

private:
    struct Setup {
        Setup(const TrainerTest& t, std::int64_t steps) : Setup(t, steps, smallStage(steps)) {}
        Setup(const TrainerTest& t, std::int64_t steps, experiment::StageConfig stage,
              experiment::LossReduction loss = experiment::LossReduction::SequenceSum)
            : method(adapters::LoriAdapter::create(t.m_base, smallConfig().adapter).value()),
              trainer(*method, smallConfig(loss), stage, t.m_rows,
                      training::planStage(t.m_rows, stage, experiment::RowOrder::Seeded, 5).value())
        {
            Q_UNUSED(steps)
        }
        std::unique_ptr<adapters::LoriAdapter> method;
        training::Trainer trainer;
    };

    std::filesystem::path path(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    QTemporaryDir m_folder;
    std::shared_ptr<const model::BaseModel> m_base;
    std::vector<training::TokenizedRow> m_rows = smallRows();
};

LORI_TEST(TrainerTest)
#include "trainer_test.moc"
