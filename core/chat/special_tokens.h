// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace lori::chat {

/// The special tokens that a template may name, as transformers 5 passes them: 'bos_token' and its kin, every other '…_token' and
/// the named ones of 'extra_special_tokens'. A token that the file does not mention has the value its tokenizer class gives it.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> specialTokens(const nlohmann::json& tokenizerConfig);

} // namespace lori::chat
