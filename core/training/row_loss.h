// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/decoder.h"
#include "core/training/training_rows.h"

#include <cstdint>
#include <vector>

namespace lori::training {

/// Losses of rows without training.
struct RowsLoss {
    double sum = 0;          ///< Σ −log p over all scored tokens
    std::int64_t scored = 0; ///< response tokens
    [[nodiscard]] double perToken() const { return scored > 0 ? sum / static_cast<double>(scored) : 0.0; }
};

/// A few rows at a time, in order.
[[nodiscard]] RowsLoss lossOfRows(const model::Decoder& decoder, const std::vector<TokenizedRow>& rows);

} // namespace lori::training
