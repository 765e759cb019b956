// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/bpe.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace lori::tokenizer {

/// The model and the added tokens of a tokenizer.json, checked.
struct Vocabulary {
    std::unordered_map<std::string, std::int32_t> idByToken; ///< as written in the file, added tokens included
    std::vector<std::string> tokenById;                      ///< the same the other way; "" for an unused id
    std::vector<bool> isSpecialById;
    std::vector<AddedToken> added;
    BpeTables bpe;
};
/// `isByteLevel`: tokens are written in the byte alphabet. Throws BadFile and Unsupported.
[[nodiscard]] Vocabulary readVocabulary(const nlohmann::json& tokenizerJson, bool isByteLevel);

} // namespace lori::tokenizer
