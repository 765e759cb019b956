// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/b_matrix.h"

#include <algorithm>

namespace lori::ui {

BMatrixSums sumsOf(const BMatrix& matrix)
{
    BMatrixSums sums;
    sums.perOut.assign(static_cast<std::size_t>(std::max<std::int64_t>(0, matrix.out)), 0);
    sums.perRank.assign(static_cast<std::size_t>(std::max<std::int64_t>(0, matrix.rank)), 0);
    for (std::int64_t o = 0; o < matrix.out; ++o) {
        for (std::int64_t r = 0; r < matrix.rank; ++r) {
            if (matrix.isKept(o, r)) {
                ++sums.perOut[static_cast<std::size_t>(o)];
                ++sums.perRank[static_cast<std::size_t>(r)];
                ++sums.kept;
            }
        }
    }
    return sums;
}

} // namespace lori::ui
