// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"
#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace lori::merging {

/// What changes when an adapter is merged into the weights instead of being computed on top of them: the largest difference of a
/// logit over a short fixed prompt.
struct LogitProof {
    std::string prompt;
    std::int64_t tokens = 0;
    double f32 = 0;    ///< merged weights in f32
    double bf16 = 0;   ///< the same rounded to bf16, as a model exported in bf16 is
    double effect = 0; ///< largest difference that the adapter itself makes; 0 would prove nothing
};

/// Memory: one matrix beside the base model and the adapter. For LoRA, LoRI and IA3 adapters. Errors: those of
/// adapters::openTrained, NonFinite.
[[nodiscard]] Result<LogitProof> proveLogits(const std::shared_ptr<const model::BaseModel>& base,
                                             const std::filesystem::path& adapterFolder);

} // namespace lori::merging
