// SPDX-License-Identifier: Apache-2.0
#include "core/training/trainer.h"

#include "core/training/row_loss.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace lori::training {

namespace {

/// The step's rows in `parts` slices of nearly equal length, in order.
std::vector<std::vector<const TokenizedRow*>> slices(const std::vector<std::int32_t>& indices,
                                                     const std::vector<TokenizedRow>& rows, std::int64_t parts)
{
    std::vector<std::vector<const TokenizedRow*>> result;
    const auto count = static_cast<std::int64_t>(indices.size());
    parts = std::clamp<std::int64_t>(parts, 1, count);
    for (std::int64_t part = 0; part < parts; ++part) {
        auto& slice = result.emplace_back();
        for (std::int64_t i = part * count / parts; i < (part + 1) * count / parts; ++i) {
            slice.push_back(&rows[static_cast<std::size_t>(indices[static_cast<std::size_t>(i)])]);
        }
    }
    return result;
}

} // namespace

Trainer::Trainer(adapters::Method& method, const experiment::RunConfig& config, const experiment::StageConfig& stage,
                 const std::vector<TokenizedRow>& rows, StagePlan plan)
    : m_method(method),
      m_config(config.optimizer),
      m_stage(stage),
      m_rows(rows),
      m_plan(std::move(plan)),
      m_decoder(method.model(), &method),
      m_optimizer(config.optimizer, method.parameters())
{
}

std::vector<double> Trainer::rowWeights(const Batch& batch, std::int64_t stepRows, std::int64_t stepScored) const
{
    const double weight = m_config.loss == experiment::LossReduction::SequenceSum ? 1.0 / static_cast<double>(stepRows)
                                                                                  : 1.0 / static_cast<double>(stepScored);
    return std::vector<double>(static_cast<std::size_t>(batch.rowCount), weight);
}

StepResult Trainer::step()
{
    const auto begin = std::chrono::steady_clock::now();
    const std::int64_t done = m_optimizer.stepsDone();
    const std::vector<std::int32_t>& indices = m_plan.batches[static_cast<std::size_t>(done)];
    std::int64_t scored = 0;
    StepResult result;
    std::vector<Batch> batches;
    for (const auto& slice : slices(indices, m_rows, m_stage.accumulate)) {
        batches.push_back(makeBatch(slice, m_decoder.model().device()));
        scored += batches.back().scoredTokens;
        result.tokens += batches.back().tokens;
    }
    result.scoredTokens = scored;
    result.rows = static_cast<std::int64_t>(indices.size());
    m_method.zeroGradients();
    m_method.beginStep(result.tokens);
    double sum = 0;
    for (const Batch& batch : batches) {
        model::Tape tape;
        const at::Tensor x_TD = m_decoder.forward(batch.rows, &tape);
        const std::vector<double> weights = rowWeights(batch, result.rows, scored);
        const model::LossResult loss = lossAndGradient(m_decoder.model(), x_TD, batch.targets, weights, model::WithGradient::Yes,
                                                       m_method.weightGradients());
        for (std::size_t r = 0; r < weights.size(); ++r) {
            result.loss += weights[r] * loss.rowLoss[r];
            sum += loss.rowLoss[r];
        }
        m_decoder.backward(tape, loss.dx_TD);
    }
    if (!std::isfinite(result.loss)) {
        throw Exception(ErrorCode::NonFinite, "the loss of step " + std::to_string(done + 1) + " is not a finite number",
                        "lower the learning rate, or look for broken rows in the data");
    }
    result.lossPerToken = scored > 0 ? sum / static_cast<double>(scored) : 0.0;
    result.learningRate = experiment::valueAfter(m_stage.changes, experiment::Setting::LearningRate, m_stage.learningRate, done) *
                          scheduleFactor(m_config, done, steps());
    result.gradNorm = m_optimizer.step(m_method.parameters(), result.learningRate);
    m_method.parametersChanged();
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

std::int64_t Trainer::steps() const
{
    return static_cast<std::int64_t>(
        experiment::valueAfter(m_stage.changes, experiment::Setting::Steps, static_cast<double>(m_plan.planned), stepsDone()));
}

void Trainer::follow(const experiment::StageConfig& stage, StagePlan plan)
{
    m_stage = stage;
    m_plan = std::move(plan);
}

EvaluatedLoss Trainer::evaluateLoss(const std::vector<TokenizedRow>& rows)
{
    m_method.prepareInference();
    const RowsLoss loss = lossOfRows(m_decoder, rows);
    const auto count =
        m_config.loss == experiment::LossReduction::SequenceSum ? static_cast<std::int64_t>(rows.size()) : loss.scored;
    return {count > 0 ? loss.sum / static_cast<double>(count) : 0.0, loss.perToken()};
}

} // namespace lori::training
