// SPDX-License-Identifier: Apache-2.0
#include "core/chat/conversation.h"

#include "core/chat/python_text.h"

#include <algorithm>

namespace lori::chat {

namespace {

bool startsWith(const std::string& text, const std::string& part)
{
    return text.compare(0, part.size(), part) == 0;
}

class AnswerFinder final {
public:
    AnswerFinder(const ChatForm& form, const std::vector<Message>& messages, const RenderOptions& options,
                 const std::string& text)
        : m_form(form), m_messages(messages), m_options(options), m_text(text)
    {
    }

    /// The answer of message `index`, or nothing when its words are not there.
    std::optional<AnswerPlace> find(std::size_t index)
    {
        const std::string answer(stripped(m_messages[index].content, Side::Both));
        const std::optional<std::string> before = rendered(index, true);
        const bool isPrefix = before && before->size() >= m_at && startsWith(m_text, *before);
        const std::size_t from = isPrefix ? before->size() : behindQuestion(index);
        const std::size_t found = m_text.find(answer, from);
        const std::size_t turnEnd = endOfTurn(index);
        if (found == std::string::npos || found + answer.size() > turnEnd) {
            return std::nullopt;
        }
        // Spaces between what asks for the answer and the answer are the model's to write; anything else is the template's.
        const std::string_view between = std::string_view(m_text).substr(from, found - from);
        const bool isDirect = isPrefix && stripped(between, Side::Both).empty();
        m_at = found + answer.size();
        return AnswerPlace{{isDirect ? from : found, m_at}, turnEnd, false};
    }

private:
    /// The first `count` messages; nothing when the template refuses them.
    [[nodiscard]] std::optional<std::string> rendered(std::size_t count, bool addGenerationPrompt) const
    {
        RenderOptions options = m_options;
        options.addGenerationPrompt = addGenerationPrompt;
        const std::vector<Message> head(m_messages.begin(), m_messages.begin() + static_cast<std::ptrdiff_t>(count));
        Result<Rendered> result = head.empty() ? Result<Rendered>(Rendered{}) : m_form.render(head, options);
        return result ? std::optional(std::move(result->text)) : std::nullopt;
    }

    /// Where to look when the turns before are written otherwise in the whole conversation: behind the question, if it is there.
    [[nodiscard]] std::size_t behindQuestion(std::size_t index) const
    {
        const std::string question = index == 0 ? "" : std::string(stripped(m_messages[index - 1].content, Side::Both));
        const std::size_t found = m_text.find(question, m_at);
        return found == std::string::npos ? m_at : found + question.size();
    }

    [[nodiscard]] std::size_t endOfTurn(std::size_t index) const
    {
        const std::optional<std::string> with = rendered(index + 1, false);
        return with && startsWith(m_text, *with) ? with->size() : m_text.size();
    }

    const ChatForm& m_form;
    const std::vector<Message>& m_messages;
    const RenderOptions& m_options;
    const std::string& m_text;
    std::size_t m_at = 0; ///< behind the answers found so far
};

} // namespace

Result<Conversation> renderConversation(const ChatForm& form, const std::vector<Message>& messages, const RenderOptions& options)
{
    return guard([&] {
        const Rendered whole = form.render(messages, options).value();
        Conversation conversation{whole.text, {}, 0};
        for (const Span& span : whole.generated) {
            conversation.answers.push_back({span, span.end, true});
        }
        if (!conversation.answers.empty()) {
            return conversation;
        }
        AnswerFinder finder(form, messages, options, conversation.text);
        bool isLastThere = false;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (messages[i].role != "assistant") {
                continue;
            }
            const std::optional<AnswerPlace> place = finder.find(i);
            isLastThere = place.has_value();
            if (place) {
                conversation.answers.push_back(*place);
            } else {
                ++conversation.rewritten;
            }
        }
        if (!isLastThere) {
            throw Exception(ErrorCode::Unsupported,
                            "the chat template does not show the last answer word for word, so it cannot be learned",
                            "change the answer, or use another prompt form", "chat_template");
        }
        return conversation;
    });
}

} // namespace lori::chat
