// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lori::analysis {

/// A measured score at one sparsity, with its 95 % interval; all scores in one unit.
struct SweepScore {
    double sparsity = 0; ///< 0 to below 1
    double value = 0;
    double low = 0;
    double high = 0;
};

/// Where a curve of score against sparsity bends.
struct SweepKnee {
    enum class Kind : std::uint8_t {
        TooFew, ///< fewer than three sparsities: no curve
        None,   ///< no sparsity is clearly worse than the best: it bends further on, if at all
        Found,
        Mixed, ///< the least sparse point is clearly worse than the best already: the curve does not fall from its beginning
    };
    Kind kind = Kind::TooFew;
    std::size_t place = 0; ///< Found: the last sparsity before the first clear loss; None: the largest one
    std::size_t best = 0;  ///< the best score's place; of equal ones the sparsest
};

/// The rule, for points of rising and different sparsity: a point is clearly worse than the best one when their intervals do not
/// touch and it is the worse of the two (as the Compare page judges scores that were not measured on the same rows, which is
/// careful: it misses small losses rather than inventing one). The knee is the last point before the first clearly worse one.
/// So it says up to which sparsity no loss was seen with these rows, not that there is none.
/// Throws Exception(InvalidArgument) when sparsities do not rise.
[[nodiscard]] SweepKnee findKnee(const std::vector<SweepScore>& points, bool higherIsBetter);

} // namespace lori::analysis
