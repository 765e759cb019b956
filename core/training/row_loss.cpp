// SPDX-License-Identifier: Apache-2.0
#include "core/training/row_loss.h"

#include "core/training/batches.h"

#include <algorithm>

namespace lori::training {

RowsLoss lossOfRows(const model::Decoder& decoder, const std::vector<TokenizedRow>& rows)
{
    constexpr std::size_t kRowsAtATime = 8;
    RowsLoss result;
    for (std::size_t begin = 0; begin < rows.size(); begin += kRowsAtATime) {
        std::vector<const TokenizedRow*> slice;
        for (std::size_t i = begin; i < std::min(rows.size(), begin + kRowsAtATime); ++i) {
            slice.push_back(&rows[i]);
        }
        const Batch batch = makeBatch(slice, decoder.model().device());
        const std::vector<double> weights(slice.size(), 1.0);
        const model::LossResult loss = lossAndGradient(decoder.model(), decoder.forward(batch.rows, nullptr), batch.targets,
                                                       weights, model::WithGradient::No);
        for (const double rowLoss : loss.rowLoss) {
            result.sum += rowLoss;
        }
        result.scored += batch.scoredTokens;
    }
    return result;
}

} // namespace lori::training
