// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"

#include <filesystem>
#include <memory>
#include <string>

namespace lori::test {

struct TinyModelOptions {
    std::int64_t layers = 2;
    std::int64_t hidden = 32;
    std::int64_t heads = 4;
    std::int64_t kvHeads = 2;
    std::int64_t feedForward = 48;
    bool tied = true;
    std::string configPatch = "{}"; ///< fields of config.json to set, e.g. another model_type or a window
};

/// Writes a small random Llama as a Hugging Face folder: config.json, model.safetensors, and a byte-level tokenizer without
/// merges (ids 0–255 are bytes, 256 <|endoftext|>, 257 <|im_start|>, 258 <|im_end|>) with a ChatML template.
void writeTinyModel(const std::filesystem::path& folder, const TinyModelOptions& options = {});

/// The same, opened on the CPU.
[[nodiscard]] std::shared_ptr<const model::BaseModel> openTinyModel(const std::filesystem::path& folder,
                                                                    const TinyModelOptions& options = {});

} // namespace lori::test
