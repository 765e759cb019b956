// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/gguf_file.h"

#include <nlohmann/json.hpp>

namespace lori::formats {

/// What a Hugging Face folder keeps in tokenizer.json and tokenizer_config.json.
struct GgufTokenizer {
    nlohmann::json tokenizer;
    nlohmann::json config;
};
/// The tokenizer of a GGUF file (tokenizer.ggml.*): tokens and merges as they are, added tokens from the token types (3 control:
/// special, 4 user-defined: not special), the pre-tokenizer from tokenizer.ggml.pre.
/// Throws BadFile (missing, inconsistent, more tokens than `vocabulary`) and Unsupported (kind or pre-tokenizer, by name).
[[nodiscard]] GgufTokenizer tokenizerOf(const GgufMetadata& metadata, std::int64_t vocabulary);

} // namespace lori::formats
