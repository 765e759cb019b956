// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/evaluation/evaluator.h"

#include <vector>

namespace lori::evaluation {

/// The plain mean of rates over different rows. Its interval joins theirs (MOVER; Zou and Donner, Stat. Med. 27, 2008):
///   low = m − √Σ((pᵢ − lᵢ)/k)², high = m + √Σ((uᵢ − pᵢ)/k)². hits and n are those of all rows together.
[[nodiscard]] tasks::Rate meanRate(const std::vector<tasks::Rate>& rates);
/// All rows together, with Wilson's interval.
[[nodiscard]] tasks::Rate pooledRate(const std::vector<tasks::Rate>& rates);

/// The same rows judged by the option with the highest log p per token.
[[nodiscard]] SideScore normalizedChoice(const SideScore& side);
/// pass@1, 5 and 10, as far as there are that many samples; passes[i] of `samples` answers to row i passed.
[[nodiscard]] std::vector<SideScore> passScores(const SideScore& side, const std::vector<std::int64_t>& passes,
                                                std::int64_t samples);
/// Puts "accuracy" and "pooled_accuracy" over the eight NLU sets before them, and the same of the normalized choice where it was
/// measured.
void addMeans(std::vector<SideScore>& scores);

} // namespace lori::evaluation
