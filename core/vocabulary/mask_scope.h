// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori {

/// The entries of B that are compared with each other when a mask is chosen.
enum class MaskScope : std::uint8_t { Model, Module, Projection, Layer, Matrix };

enum class MaskRule : std::uint8_t {
    Reference, ///< |b| >= k-th largest, k = int((1 - sparsity) * n): ties are kept (method.md §1.7)
    ExactK,    ///< exactly max(1, k) entries, ties broken by the lower index
};

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::MaskRule;
using lori::MaskScope;
} // namespace lori::experiment
