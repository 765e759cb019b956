// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which tokens end a generation, told by their texts. Internal to this room.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::formats {

/// The ids whose text ends a generation wherever it occurs in a vocabulary: turns (<|im_end|>, <|eot_id|> …), documents
/// (<|endoftext|>, </s> …), and the tokens for filling in code that begin another file. llama.cpp's rule, which GGUF files rely
/// on: many name only one of their end tokens. `tokens` by id; the result is in the order of the ids.
[[nodiscard]] std::vector<std::int64_t> endsByText(const std::vector<std::string_view>& tokens);

/// The id of a token's text; nothing when the vocabulary has none.
using TokenLookup = std::function<std::optional<std::int64_t>(const std::string& text)>;
/// The token that a chat template writes behind an assistant's turn, when the template names one of the known ones.
/// `chatTemplate` is tokenizer_config.json's field: a text, or a list of named ones; anything else has none.
[[nodiscard]] std::optional<std::int64_t> turnEndOf(const nlohmann::json& chatTemplate, const TokenLookup& idOf);

} // namespace lori::formats
