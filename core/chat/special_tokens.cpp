// SPDX-License-Identifier: Apache-2.0
#include "core/chat/special_tokens.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace lori::chat {

using nlohmann::json;

namespace {

/// A token's text, which is written as text or as an object.
std::optional<std::string> tokenText(const json& value)
{
    const json& text = value.is_object() && value.contains("content") ? value.at("content") : value;
    return text.is_string() ? std::optional(text.get<std::string>()) : std::nullopt;
}

struct ClassDefault {
    std::string_view tokenizerClass;
    std::string_view name;
    std::string_view token;
};
constexpr std::array<ClassDefault, 15> kDefaults{{
    {"Llama", "bos_token", "<s>"},
    {"Llama", "eos_token", "</s>"},
    {"Llama", "unk_token", "<unk>"},
    {"GPT2", "bos_token", "<|endoftext|>"},
    {"GPT2", "eos_token", "<|endoftext|>"},
    {"GPT2", "unk_token", "<|endoftext|>"},
    {"Qwen2", "eos_token", "<|endoftext|>"},
    {"Qwen2", "unk_token", "<|endoftext|>"},
    {"Qwen2", "pad_token", "<|endoftext|>"},
    {"Gemma", "bos_token", "<bos>"},
    {"Gemma", "eos_token", "<eos>"},
    {"Gemma", "unk_token", "<unk>"},
    {"Gemma", "pad_token", "<pad>"},
    {"Gemma", "mask_token", "<mask>"},
    {"Cohere", "bos_token", "<BOS_TOKEN>"},
}};

/// "LlamaTokenizerFast" → "Llama"
std::string classOf(const json& config)
{
    const auto value = config.find("tokenizer_class");
    const std::string name = value != config.end() && value->is_string() ? value->get<std::string>() : "";
    return name.substr(0, name.find("Tokenizer"));
}

} // namespace

std::vector<std::pair<std::string, std::string>> specialTokens(const json& config)
{
    std::vector<std::pair<std::string, std::string>> tokens;
    if (!config.is_object()) {
        return tokens;
    }
    const auto add = [&](const std::string& name, const json& value) {
        if (const auto text = tokenText(value)) {
            tokens.emplace_back(name, *text);
        }
    };
    constexpr std::string_view kEnd = "_token";
    for (const auto& [name, value] : config.items()) {
        if (name.size() > kEnd.size() && name.compare(name.size() - kEnd.size(), kEnd.size(), kEnd) == 0) {
            add(name, value);
        }
    }
    const auto extra = config.find("extra_special_tokens");
    if (extra != config.end() && extra->is_object()) {
        for (const auto& [name, value] : extra->items()) {
            add(name, value);
        }
    }
    const std::string tokenizerClass = classOf(config);
    for (const ClassDefault& entry : kDefaults) {
        const std::string name(entry.name);
        if (entry.tokenizerClass == tokenizerClass && !config.contains(name)) {
            tokens.emplace_back(name, std::string(entry.token));
        }
    }
    return tokens;
}

} // namespace lori::chat
