// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/model_config.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::model {

/// Inverse frequencies [R / 2] in double arithmetic for `rotated` = R entries of a head: θ^(−2i/R), stretched as the scaling says
/// (transformers' modeling_rope_utils; GGUF: a table of divisors) for a row of `rowLength` tokens, which only "dynamic" and
/// "longrope" look at.
[[nodiscard]] std::vector<double> inverseFrequencies(const formats::Rope& rope, std::int64_t rotated, std::int64_t rowLength);

/// Cosines and sines for the tokens of a batch.
struct RotaryTable {
    at::Tensor cos_PE; ///< [positions, R / 2]
    at::Tensor sin_PE;
    at::Tensor rows_T; ///< int64: which line of the tables each token takes
};

/// Rotary positions of some layers. Immutable; lines are made once up to the model's context, and anew for a batch that goes
/// beyond it: positions have no end, as in transformers.
class Rotary final {
public:
    Rotary() = default;
    /// `context` is the number of lines to keep, `rotated` how many entries of a head are turned.
    Rotary(formats::Rope rope, std::int64_t rotated, std::int64_t context, at::Device device);

    /// positions_T [T] int64; row i has tokensOfRow[i] of these tokens and is rowLengths[i] tokens long. A row's angles depend on
    /// its own length only, never on its neighbours'.
    [[nodiscard]] RotaryTable of(const at::Tensor& positions_T, const std::vector<std::int64_t>& rowLengths,
                                 const std::vector<std::int64_t>& tokensOfRow) const;
    /// Whether rows may have to be run again at all: changesAfter() can be true.
    [[nodiscard]] bool mayChange() const { return m_rope.scaling.kind == "longrope"; }
    /// Whether a row of this length has other angles than a shorter one ("dynamic" and "longrope" beyond their first context).
    [[nodiscard]] bool dependsOnLength(std::int64_t rowLength) const;
    /// True when tokens of a row must be run again once the row is longer than `length` (longrope leaving its first context).
    [[nodiscard]] bool changesAfter(std::int64_t length) const;

private:
    struct Lines {
        at::Tensor cos_PE, sin_PE;
    };
    [[nodiscard]] Lines lines(std::int64_t count, std::int64_t rowLength) const;

    formats::Rope m_rope;
    std::int64_t m_rotated = 0;
    at::Device m_device = at::kCPU;
    Lines m_kept;
};

} // namespace lori::model
