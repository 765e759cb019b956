// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/chat_form.h"

#include <cstdint>
#include <vector>

namespace lori::chat {

/// An answer in the text of a conversation.
struct AnswerPlace {
    Span span;               ///< what is the assistant's
    std::size_t turnEnd = 0; ///< the turn ends at this byte at the latest
    bool isExact = false;    ///< the template marked it itself; otherwise the token that ends the turn follows the span
};

/// A whole conversation as the model sees it, and which parts of it are answers to learn.
struct Conversation {
    std::string text;
    std::vector<AnswerPlace> answers; ///< in order
    std::int64_t rewritten =
        0; ///< answers that the template does not show word for word (thoughts of earlier turns left out …): not learned
};

/// Renders `messages`, which end with an assistant's turn, and finds the assistant's turns: by {% generation %} where the
/// template has it, else by rendering the turns before each answer and looking for its words behind them. Errors: those of
/// ChatForm::render; Unsupported when not even the last answer is shown word for word.
[[nodiscard]] Result<Conversation> renderConversation(const ChatForm& form, const std::vector<Message>& messages,
                                                      const RenderOptions& options = {});

} // namespace lori::chat
