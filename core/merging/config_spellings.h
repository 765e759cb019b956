// SPDX-License-Identifier: Apache-2.0
#pragma once

// Files that transformers 4.57 and 5.24, llama.cpp's converter and PEFT all read: what was renamed is written under both names.
// Internal to this room.

#include "core/formats/model_config.h"

#include <nlohmann/json.hpp>

namespace lori::merging {

/// config.json: rope_parameters (5.x) and rope_theta, rope_scaling, rope_local_base_freq (4.x) say the same. Where 5.x finds both
/// it takes rope_scaling with the theta beside it, so the older ones are complete.
void addBothSpellings(nlohmann::json& config, const formats::ModelConfig& model);

/// tokenizer_config.json: a class that 4.x has too, and special tokens under the name that both know.
void makeReadableByAll(nlohmann::json& tokenizerConfig);

} // namespace lori::merging
