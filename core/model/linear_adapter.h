// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/matmul.h"
#include "core/model/weight.h"
#include "core/model/weight_gradients.h"
#include "core/vocabulary/projection.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lori::model {

/// One linear layer of the decoder.
struct Site {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
};

/// What a site's forward pass keeps for its backward pass; which tensors, the method decides (LoRI: only h = x·Aᵀ).
using SavedSite = std::vector<at::Tensor>;

enum class InputGradient : std::uint8_t { Needed, NotNeeded };

/// What the decoder asks of a fine-tuning method at each linear layer. Implemented in core/adapters; the decoder knows no method.
class LinearAdapter {
public:
    LinearAdapter() = default;
    LinearAdapter(const LinearAdapter&) = delete;
    LinearAdapter& operator=(const LinearAdapter&) = delete;
    virtual ~LinearAdapter() = default;

    [[nodiscard]] virtual bool adapts(Site site) const = 0;
    /// y [T, O] of the adapted layer for x [T, I] and the frozen w [O, I], without bias. `saved` is null outside training.
    [[nodiscard]] virtual at::Tensor forward(Site site, const at::Tensor& x_TI, const Weight& w_OI, const Matmul& matmul,
                                             SavedSite* saved) const = 0;
    /// Adds the parameters' gradient for g [T, O] and returns dx [T, I], undefined when NotNeeded.
    [[nodiscard]] virtual at::Tensor backward(Site site, const at::Tensor& g_TO, const Weight& w_OI, const Matmul& matmul,
                                              const SavedSite& saved, InputGradient inputGradient) = 0;
    /// Not null when norms, biases, embedding and head are trained too (full fine-tuning).
    [[nodiscard]] virtual WeightGradients* weightGradients() { return nullptr; }
};

} // namespace lori::model
