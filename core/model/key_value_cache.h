// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::model {

/// Keys and values of one generation batch of B rows; filled by the decoder.
struct KeyValueCache {
    std::vector<at::Tensor> keys; ///< per layer [B, capacity, G·E], f32
    std::vector<at::Tensor> values;
    std::vector<std::int64_t> lengths;          ///< valid tokens of each row
    std::vector<std::vector<std::int32_t>> ids; ///< each row's tokens, kept only for models that may have to run them again

    /// Tokens that each row has room for; 0 before the first prefill.
    [[nodiscard]] std::int64_t capacity() const { return keys.empty() ? 0 : keys.front().size(1); }
    /// Memory of all keys and values.
    [[nodiscard]] std::int64_t bytes() const;
    /// Keeps these rows, in this order; does nothing when they are all there are.
    void keepRows(const std::vector<std::int64_t>& rows);
    /// Forgets what stands behind the first `length` tokens of the only row; 1 ≤ length ≤ lengths[0].
    void truncate(std::int64_t length);
    /// Room for `tokens` tokens a row at least. What is there is copied when it has to grow.
    void reserve(std::int64_t tokens);
};

} // namespace lori::model
