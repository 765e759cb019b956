// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <cstdint>
#include <vector>

namespace lori::ui {

/// One B as it is looked at: |B| and which entries the mask keeps. Both [out, rank], row-major.
struct BMatrix {
    std::int64_t layer = 0;
    experiment::Projection projection = experiment::Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<float> magnitude;   ///< empty when only the mask is known
    std::vector<std::uint8_t> kept; ///< 0 or 1; empty = everything kept
    [[nodiscard]] std::size_t index(std::int64_t o, std::int64_t r) const { return static_cast<std::size_t>(o * rank + r); }
    [[nodiscard]] bool isKept(std::int64_t o, std::int64_t r) const { return kept.empty() || kept[index(o, r)] != 0; }
    [[nodiscard]] double value(std::int64_t o, std::int64_t r) const { return magnitude.empty() ? 0 : magnitude[index(o, r)]; }
    [[nodiscard]] bool empty() const { return out <= 0 || rank <= 0; }
};

/// Kept entries of each output row [out] and each rank column [rank].
struct BMatrixSums {
    std::vector<std::int64_t> perOut;
    std::vector<std::int64_t> perRank;
    std::int64_t kept = 0;
};
[[nodiscard]] BMatrixSums sumsOf(const BMatrix& matrix);

} // namespace lori::ui
