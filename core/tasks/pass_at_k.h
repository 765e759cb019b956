// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

#include <cstdint>
#include <span>

namespace lori::tasks {

/// The unbiased estimate of the chance that at least one of k samples passes, from n samples of which c pass:
///   pass@k = 1 − C(n−c, k) / C(n, k) = 1 − Π_{i=n−c+1..n} (1 − k/i); 1 when n − c < k.
/// Source: Chen et al., arXiv 2107.03374 §2.1; method.md §1.9. Throws Exception(InvalidArgument) unless 0 ≤ c ≤ n and 1 ≤ k ≤ n.
[[nodiscard]] double passAtK(std::int64_t n, std::int64_t c, std::int64_t k);

/// Mean pass@k over problems, each with `samples` answers of which passes[i] passed. low and high are the normal interval of that
/// mean over problems (samples of one problem are not independent), or Wilson's when all problems agree. hits = problems with a
/// pass, n = problems.
[[nodiscard]] Rate meanPassAtK(std::span<const std::int64_t> passes, std::int64_t samples, std::int64_t k);

} // namespace lori::tasks
