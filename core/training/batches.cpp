// SPDX-License-Identifier: Apache-2.0
#include "core/training/batches.h"

#include "core/experiment/reference_order.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>
#include <random>

namespace lori::training {

namespace {

/// Fisher–Yates with our own bounded draw: std::shuffle differs between standard libraries.
void seededShuffle(std::vector<std::int32_t>& order, std::uint64_t seed, std::uint64_t epoch)
{
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U),
                           static_cast<std::uint32_t>(epoch)};
    std::mt19937_64 generator(sequence);
    for (std::size_t i = order.size(); i > 1; --i) {
        const std::uint64_t limit = std::mt19937_64::max() - std::mt19937_64::max() % i;
        std::uint64_t draw = generator();
        while (draw >= limit) {
            draw = generator();
        }
        std::swap(order[i - 1], order[draw % i]);
    }
}

/// Cuts one epoch's order into batches by rows or by tokens.
BatchPlan cutEpoch(const std::vector<std::int32_t>& order, const std::vector<TokenizedRow>& rows,
                   const experiment::StageConfig& stage)
{
    BatchPlan batches;
    std::int64_t tokens = 0;
    for (const std::int32_t index : order) {
        const std::int64_t length = rows[static_cast<std::size_t>(index)].tokens();
        const bool full =
            batches.empty() || (stage.batchTokens > 0 ? tokens + length > stage.batchTokens
                                                      : static_cast<std::int64_t>(batches.back().size()) >= stage.batchRows);
        if (full) {
            batches.emplace_back();
            tokens = 0;
        }
        batches.back().push_back(index);
        tokens += length;
    }
    return batches;
}

} // namespace

Result<BatchPlan> planBatches(const std::vector<TokenizedRow>& rows, const experiment::StageConfig& stage,
                              experiment::RowOrder order, std::uint64_t seed)
{
    std::vector<std::int32_t> indices(rows.size());
    std::iota(indices.begin(), indices.end(), 0);
    const bool reference = order == experiment::RowOrder::Reference;
    experiment::ReferenceOrder referenceOrder(static_cast<std::int64_t>(rows.size()), static_cast<std::uint32_t>(seed));
    BatchPlan plan;
    std::size_t wanted = stage.steps > 0 ? static_cast<std::size_t>(stage.steps) : 0;
    for (std::uint64_t epoch = 0; wanted == 0 || plan.size() < wanted; ++epoch) {
        if (reference) {
            const std::vector<std::int64_t>& order64 = referenceOrder.nextEpoch();
            indices.assign(order64.begin(), order64.end());
        } else {
            std::iota(indices.begin(), indices.end(), 0);
            seededShuffle(indices, seed, epoch);
        }
        BatchPlan batches = cutEpoch(indices, rows, stage);
        if (reference && stage.batchTokens == 0 && !batches.empty() &&
            static_cast<std::int64_t>(batches.back().size()) < stage.batchRows) {
            batches.pop_back();
        }
        if (batches.empty()) {
            return Error{ErrorCode::InvalidArgument,
                         "the data has " + std::to_string(rows.size()) + " rows, one batch needs " +
                             std::to_string(stage.batchRows),
                         "use a smaller batch or more rows", "stages.batchRows"};
        }
        if (wanted == 0) {
            wanted = std::max<std::size_t>(
                1, static_cast<std::size_t>(std::llround(stage.epochs * static_cast<double>(batches.size()))));
        }
        for (auto& batch : batches) {
            if (plan.size() < wanted) {
                plan.push_back(std::move(batch));
            }
        }
    }
    return plan;
}

Result<StagePlan> planStage(const std::vector<TokenizedRow>& rows, const experiment::StageConfig& stage,
                            experiment::RowOrder order, std::uint64_t seed)
{
    return guard([&] {
        StagePlan plan;
        plan.batches = planBatches(rows, stage, order, seed).value();
        plan.planned = static_cast<std::int64_t>(plan.batches.size());
        const std::int64_t longest = experiment::lengthsOf(stage.changes, plan.planned).longest;
        if (longest > plan.planned) {
            experiment::StageConfig longer = stage;
            longer.steps = longest; // the same rows in the same order, and more of them
            plan.batches = planBatches(rows, longer, order, seed).value();
        }
        return plan;
    });
}

Batch makeBatch(const std::vector<const TokenizedRow*>& rows, at::Device device)
{
    Batch batch;
    batch.rowCount = static_cast<std::int64_t>(rows.size());
    std::vector<std::vector<std::int32_t>> ids;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const TokenizedRow& row = *rows[r];
        std::vector<std::int32_t>& line = ids.emplace_back(row.prompt);
        line.insert(line.end(), row.response.begin(), row.response.end());
        for (std::size_t i = 0; i < row.response.size(); ++i) {
            const auto at = static_cast<std::int64_t>(row.prompt.size() + i);
            if (at == 0 || !row.isLearned(i)) {
                continue; // nothing stands before the first token of an empty prompt; later questions are context
            }
            batch.targets.positions.push_back(batch.tokens + at - 1);
            batch.targets.labels.push_back(row.response[i]);
            batch.targets.rows.push_back(static_cast<std::int64_t>(r));
        }
        batch.tokens += row.tokens();
    }
    batch.scoredTokens = static_cast<std::int64_t>(batch.targets.positions.size());
    batch.rows = model::packRows(ids, device);
    return batch;
}

} // namespace lori::training
