// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lori::tokenizer {

/// The chat formats that are known. The template's own texts (ChatML's default system turn, Mistral's spaces) are read out of it.
enum class ChatFormat : std::uint8_t { ChatMl, Llama2, Llama3, Mistral };

/// A chat template of tokenizer_config.json, understood.
struct ChatTemplate {
    ChatFormat format = ChatFormat::ChatMl;
    std::string bos;           ///< in front of everything, "" when the template has none
    std::string eos;           ///< behind an assistant's turn (Llama 2, Mistral)
    std::string defaultSystem; ///< ChatML's system text when the chat has none; "" = no system turn
    std::string userBegin;     ///< Mistral: in front of a user's text
    std::string userEnd;       ///< Mistral: behind it
    std::string answerBegin;   ///< Mistral: in front of an assistant's text
};

/// Errors: NotFound (no template), Unsupported (another format).
[[nodiscard]] Result<ChatTemplate> readChatTemplate(const nlohmann::json& tokenizerConfig);
/// Throws InvalidArgument for a role the format has no turn for.
[[nodiscard]] std::string render(const ChatTemplate& chat, const std::vector<Message>& messages, bool addGenerationPrompt);

} // namespace lori::tokenizer
