// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files of a Hugging Face folder that are not weights. Internal to this room.

#include "core/formats/model_files.h"

#include <filesystem>
#include <string>

namespace lori::merging {

/// config.json: the base folder's own with another type, or one made from a GGUF file's metadata. `dtype` is "float32" and so on.
[[nodiscard]] nlohmann::json modelConfigJson(const formats::ModelFiles& model, const std::string& dtype);

/// config.json, generation_config.json and the tokenizer's files, as the base folder has them or made from a GGUF file.
void writeDescription(const formats::ModelFiles& model, const std::string& dtype, const std::filesystem::path& folder);

} // namespace lori::merging
