// SPDX-License-Identifier: Apache-2.0
#include "core/formats/end_tokens.h"

#include <algorithm>
#include <array>
#include <set>

namespace lori::formats {

using nlohmann::json;

namespace {

/// End of a turn: what a chat template writes behind what somebody said.
constexpr std::array<std::string_view, 15> kTurnEnds{
    "<|im_end|>", "<|eot_id|>", "<|end|>", "<end_of_turn>", "<|return|>", "<|call|>",           "<|calls|>", "<|flush|>",
    "<EOT>",      "_<EOT>",     "[EOT]",   "<turn|>",       "[e~[",       "<end_of_utterance>", "<|eom_id|>"};
/// End of a document, or of a tool's part.
constexpr std::array<std::string_view, 7> kOtherEnds{"<|endoftext|>",    "<|end_of_text|>",      "</s>", "[EOS]", "<eos>",
                                                     "<|tool_response>", "<｜end▁of▁sentence｜>"};
/// Filling in code: padding, and what begins another repository or file. Of each row one token counts.
constexpr std::array<std::array<std::string_view, 5>, 3> kFillInEnds{
    {{"<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"},
     {"<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"},
     {"<|file_sep|>", "", "", "", ""}}};

template <typename List>
bool isIn(const List& list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// Two vocabularies where a known text is an ordinary part of an answer: with tokens for calls, <|end|> only closes one channel
/// of it; beside <|tool_response> or <|plamo:eos|>, </s> is a piece of text.
void removeFalseEnds(std::set<std::int64_t>& ends, const std::vector<std::string_view>& tokens)
{
    std::set<std::string_view> texts;
    for (const std::int64_t id : ends) {
        texts.insert(tokens[static_cast<std::size_t>(id)]);
    }
    const bool hasCalls = texts.contains("<|call|>") || texts.contains("<|calls|>");
    const bool isChannelEnd = hasCalls && (texts.contains("<|return|>") || texts.contains("<|flush|>"));
    const bool isPlainText =
        texts.contains("<|tool_response>") || std::find(tokens.begin(), tokens.end(), "<|plamo:eos|>") != tokens.end();
    std::erase_if(ends, [&](std::int64_t id) {
        const std::string_view text = tokens[static_cast<std::size_t>(id)];
        return (isChannelEnd && text == "<|end|>") || (isPlainText && text == "</s>");
    });
}

std::string templateText(const json& field)
{
    if (field.is_string()) {
        return field.get<std::string>();
    }
    if (field.is_array()) {
        for (const json& entry : field) {
            if (entry.is_object() && entry.value("name", json()) == json("default") && entry.contains("template")) {
                return templateText(entry.at("template"));
            }
        }
    }
    return {};
}

} // namespace

std::vector<std::int64_t> endsByText(const std::vector<std::string_view>& tokens)
{
    std::set<std::int64_t> ends;
    std::array<bool, kFillInEnds.size()> isFilled{};
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        const std::string_view text = tokens[id];
        bool isEnd = isIn(kTurnEnds, text) || isIn(kOtherEnds, text);
        for (std::size_t kind = 0; kind < kFillInEnds.size() && !text.empty(); ++kind) {
            if (!isFilled[kind] && isIn(kFillInEnds[kind], text)) {
                isFilled[kind] = true;
                isEnd = true;
            }
        }
        if (isEnd) {
            ends.insert(static_cast<std::int64_t>(id));
        }
    }
    removeFalseEnds(ends, tokens);
    return {ends.begin(), ends.end()};
}

std::optional<std::int64_t> turnEndOf(const json& chatTemplate, const TokenLookup& idOf)
{
    const std::string text = templateText(chatTemplate);
    for (const std::string_view end : kTurnEnds) {
        if (text.find(end) != std::string::npos) {
            if (const auto id = idOf(std::string(end))) {
                return id;
            }
        }
    }
    return std::nullopt;
}

} // namespace lori::formats
