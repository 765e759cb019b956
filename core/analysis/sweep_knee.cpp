// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/sweep_knee.h"

#include "core/support/error.h"

namespace lori::analysis {

namespace {

constexpr std::size_t kFewest = 3; // two points are a line: it bends nowhere

bool atLeastAsGood(double a, double b, bool higherIsBetter)
{
    return higherIsBetter ? a >= b : a <= b;
}

bool clearlyWorse(const SweepScore& point, const SweepScore& best, bool higherIsBetter)
{
    return higherIsBetter ? point.high < best.low : point.low > best.high;
}

} // namespace

SweepKnee findKnee(const std::vector<SweepScore>& points, bool higherIsBetter)
{
    SweepKnee knee;
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (!(points[i - 1].sparsity < points[i].sparsity)) {
            throw Exception(ErrorCode::InvalidArgument, "the sparsities of a sweep must rise", "sort the points, one a sparsity",
                            "");
        }
        knee.best = atLeastAsGood(points[i].value, points[knee.best].value, higherIsBetter) ? i : knee.best;
    }
    if (points.size() < kFewest) {
        return knee;
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (clearlyWorse(points[i], points[knee.best], higherIsBetter)) {
            knee.kind = i == 0 ? SweepKnee::Kind::Mixed : SweepKnee::Kind::Found;
            knee.place = i == 0 ? 0 : i - 1;
            return knee;
        }
    }
    knee.kind = SweepKnee::Kind::None;
    knee.place = points.size() - 1;
    return knee;
}

} // namespace lori::analysis
