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

/// The name in tokenizer.ggml.pre that stands for how this tokenizer.json splits texts; nothing when none is known.
[[nodiscard]] std::optional<std::string> preTokenizerName(const nlohmann::json& tokenizer);

/// All tokens that end a generation: those the metadata name (end of the text, of a turn, of a message), then those that
/// llama.cpp knows by their text. Throws BadFile for an id that is no token.
[[nodiscard]] std::vector<std::int64_t> endTokensOf(const GgufMetadata& metadata);
/// The id of a token's text.
[[nodiscard]] std::optional<std::int64_t> idOfToken(const GgufMetadata& metadata, const std::string& text);

} // namespace lori::formats
