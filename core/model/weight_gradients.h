// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <vector>

namespace lori::model {

/// Where the gradients of everything but the linear layers' matrices go when all weights are trained. Each tensor has the shape
/// of its weight and is added to; undefined where the architecture has no such weight.
struct WeightGradients {
    struct Layer {
        at::Tensor inputNorm_D;
        at::Tensor attentionOutNorm_D;
        at::Tensor postNorm_D;
        at::Tensor feedForwardOutNorm_D;
        at::Tensor queryNorm_E;
        at::Tensor keyNorm_E;
        std::array<at::Tensor, 7> bias_O; ///< indexed by Projection
    };
    at::Tensor embedding_VD;
    at::Tensor head_VD; ///< the embedding's own when tied
    at::Tensor finalNorm_D;
    std::vector<Layer> layers;
};

} // namespace lori::model
