// SPDX-License-Identifier: Apache-2.0
#include "core/model/base_model.h"

#include <ATen/Functions.h>

namespace lori::model {

std::shared_ptr<BaseModel> BaseModel::trainableCopy(const std::shared_ptr<const BaseModel>& model)
{
    std::shared_ptr<BaseModel> copy(new BaseModel(*model)); // NOLINT: private constructor
    copy->m_weights = WeightType::F32;
    const auto own = [](at::Tensor& tensor) {
        if (tensor.defined()) {
            tensor = tensor.to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous();
        }
    };
    const auto ownMatrix = [](Weight& weight) {
        if (weight.defined()) {
            weight = weight.isBlocks() ? weight.asFloat()
                                       : weight.held().to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous();
        }
    };
    const bool isTied = copy->config().shape.tiedEmbeddings;
    ownMatrix(copy->m_embedding_VD);
    if (isTied) {
        copy->m_head_VD = copy->m_embedding_VD;
    } else {
        ownMatrix(copy->m_head_VD);
    }
    own(copy->m_finalNorm_D);
    for (LayerWeights& layer : copy->m_layers) {
        for (at::Tensor* tensor : {&layer.inputNorm_D, &layer.attentionOutNorm_D, &layer.postNorm_D, &layer.feedForwardOutNorm_D,
                                   &layer.queryNorm_E, &layer.keyNorm_E}) {
            own(*tensor);
        }
        for (std::size_t i = 0; i < layer.w_OI.size(); ++i) {
            ownMatrix(layer.w_OI[i]);
            own(layer.bias_O[i]);
        }
    }
    return copy;
}

} // namespace lori::model
