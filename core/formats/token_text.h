// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace lori::formats {

/// Text of a token in tokenizer_config.json, which writes it as text or as an object; "" when it has none.
[[nodiscard]] inline std::string tokenText(const nlohmann::json& tokenizerConfig, const char* name)
{
    const auto value = tokenizerConfig.find(name);
    if (value == tokenizerConfig.end()) {
        return {};
    }
    const nlohmann::json& text = value->is_object() && value->contains("content") ? value->at("content") : *value;
    return text.is_string() ? text.get<std::string>() : std::string();
}

} // namespace lori::formats
