// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/gguf_file.h"
#include "core/formats/model_config.h"

#include <string>

namespace lori::formats {

/// Hugging Face's model_type of an architecture in GGUF files ("gemma3" → "gemma3_text"). Throws Unsupported for one that this
/// program does not read, by name.
[[nodiscard]] std::string familyOfArchitecture(const GgufMetadata& metadata, const std::string& architecture);

/// What the family computes, from what its architecture takes for granted and from the file's own numbers: places of norms,
/// activation, scales, caps, windows. Shape, rope and window size must have been read. Norm weights hold the whole factor there.
void readGgufFamily(ModelConfig& config, const GgufMetadata& metadata, const std::string& architecture);

} // namespace lori::formats
