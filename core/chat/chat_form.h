// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/message.h"
#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::chat {

struct RenderOptions {
    /// End with what makes the model answer.
    bool addGenerationPrompt = false;
    /// Further names the template may read: {"enable_thinking": false}. An object.
    nlohmann::ordered_json variables = nlohmann::ordered_json::object();
    /// What strftime_now shows; empty = now, local time.
    std::optional<std::tm> now{};
};

/// Bytes begin … end − 1 of a text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Span&) const = default;
};

struct Rendered {
    std::string text;
    std::vector<Span> generated; ///< what the template itself marks as the assistant's ({% generation %}); often empty
};

/// The chat template of a model, with its special tokens: what turns a conversation into the text the model sees, to the byte
/// as transformers' apply_chat_template. Immutable; may be used from several threads.
class ChatForm final {
public:
    /// A model without a template.
    ChatForm();
    /// From tokenizer_config.json as core/formats reads it: 'chat_template' is a text, or named ones of which "default" is taken;
    /// special tokens ('bos_token' …) are passed to the template. Never fails: render says what is wrong.
    [[nodiscard]] static ChatForm fromConfig(const nlohmann::json& tokenizerConfig);

    /// False for a base model, which has no template.
    [[nodiscard]] bool isThere() const;
    /// The text of one conversation. Errors: NotFound (no template), BadFile and Unsupported (the template, with its line),
    /// InvalidArgument (the template refuses these messages, in its own words, or does not end).
    [[nodiscard]] Result<Rendered> render(const std::vector<Message>& messages, const RenderOptions& options = {}) const;
    /// The same for messages with more than a role and a text: a list of objects, whose other fields ("reasoning_content",
    /// "tool_calls" …) the template may read. Further errors: InvalidArgument for anything else.
    [[nodiscard]] Result<Rendered> renderJson(const nlohmann::ordered_json& messages, const RenderOptions& options = {}) const;
    /// One user's turn and what makes the model answer it: the prompt of single questions, in training, evaluation and
    /// generation.
    [[nodiscard]] Result<std::string> prompt(const std::string& userText, const RenderOptions& options = {}) const;

private:
    struct Parts;
    std::shared_ptr<const Parts> m_parts;
};

} // namespace lori::chat
