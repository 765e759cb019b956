// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"
#include "core/model/linear_adapter.h"
#include "core/support/result.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::adapters {

/// What LoRA and LoRI add to the weights of one site: ΔW = scaling·B·A.
struct LowRankChange {
    model::Site site;
    at::Tensor a_RI; ///< f32, on the model's device
    at::Tensor b_OR;
    double scaling = 0;
};

/// A LoRA or LoRI adapter that is only applied: its tensors, without what training needs beside them.
struct LowRankChanges {
    std::string method;                 ///< as its lori.json says; "lora" without one
    std::vector<LowRankChange> changes; ///< by layer, then projection
};
/// Nothing when the folder holds an adapter of another kind (DoRA, IA3). Errors: those of LoriAdapter::load.
[[nodiscard]] Result<std::optional<LowRankChanges>> readLowRankChanges(const model::BaseModel& base,
                                                                       const std::filesystem::path& folder);

} // namespace lori::adapters
