// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/row_tokens.h"

#include "core/chat/conversation.h"
#include "core/tasks/ascii_text.h"

#include <algorithm>
#include <span>

namespace lori::tasks {

namespace {

using experiment::PromptTemplate;

bool hasEarlierAnswers(const Row& row)
{
    return std::any_of(row.context.begin(), row.context.end(), [](const chat::Message& m) { return m.role == "assistant"; });
}

/// What a person would type: the instruction, and the input below it.
std::string questionOf(const Row& row)
{
    return renderPrompt({row.instruction, row.input, {}, {}}, PromptTemplate::Plain, {});
}

bool isSpecial(const tokenizer::Tokenizer& tokenizer, std::int32_t id)
{
    return tokenizer.decode({id}, tokenizer::SpecialTokens::Skip).empty() &&
           !tokenizer.decode({id}, tokenizer::SpecialTokens::Keep).empty();
}

/// Marks the ids of one answer; with the special token that ends the turn, when only white space stands between.
/// Returns whether the answer is closed by such a token.
bool markAnswer(std::vector<bool>& learned, const tokenizer::Encoding& encoding, const chat::Conversation& conversation,
                const chat::AnswerPlace& answer, const tokenizer::Tokenizer& tokenizer)
{
    std::size_t begin = 0;
    std::optional<std::size_t> lastOfAnswer;
    for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
        const std::size_t end = encoding.ends[i];
        if (end > answer.span.begin && begin < answer.span.end) {
            learned[i] = true;
            lastOfAnswer = i;
        }
        const bool isBehind = begin >= answer.span.end;
        if (isBehind && !answer.isExact && end <= std::max(answer.turnEnd, answer.span.end) &&
            isSpecial(tokenizer, encoding.ids[i]) &&
            isBlank(std::string_view(conversation.text).substr(answer.span.end, begin - answer.span.end))) {
            std::fill(learned.begin() + static_cast<std::ptrdiff_t>(lastOfAnswer.value_or(i)),
                      learned.begin() + static_cast<std::ptrdiff_t>(i) + 1, true);
            return true;
        }
        begin = end;
    }
    return answer.isExact;
}

TokenizedRow tokenizedConversation(const Row& row, experiment::LearnedTurns turns, const RowEncoder& encoder,
                                   std::int64_t* rewritten)
{
    std::vector<chat::Message> messages = row.context;
    messages.push_back({"user", questionOf(row)});
    messages.push_back({"assistant", row.output});
    const chat::Conversation conversation = chat::renderConversation(encoder.chat, messages).value();
    if (rewritten != nullptr) {
        *rewritten += conversation.rewritten;
    }
    tokenizer::Encoding encoding = encoder.tokenizer.encodeWithPlaces(conversation.text);
    std::vector<bool> learned(encoding.ids.size(), false);
    bool isClosed = true;
    for (const chat::AnswerPlace& answer : conversation.answers) {
        if (turns == experiment::LearnedTurns::All || &answer == &conversation.answers.back()) {
            isClosed = markAnswer(learned, encoding, conversation, answer, encoder.tokenizer);
        }
    }
    std::vector<std::int32_t>& ids = encoding.ids;
    if (!isClosed) { // a template without a token for the end of a turn: the document's end
        const auto last = std::find(learned.rbegin(), learned.rend(), true);
        ids.resize(static_cast<std::size_t>(learned.rend() - last));
        learned.resize(ids.size());
        ids.push_back(encoder.endId);
        learned.push_back(true);
    }
    if (encoder.startId && (ids.empty() || ids.front() != *encoder.startId)) {
        ids.insert(ids.begin(), static_cast<std::int32_t>(*encoder.startId));
        learned.insert(learned.begin(), false);
    }
    const auto first = std::find(learned.begin(), learned.end(), true) - learned.begin();
    return {{ids.begin(), ids.begin() + first}, {ids.begin() + first, ids.end()}, {learned.begin() + first, learned.end()}};
}

} // namespace

std::string promptText(const Row& row, PromptTemplate form, const chat::ChatForm& chat)
{
    if (form == PromptTemplate::Chat) {
        std::vector<chat::Message> messages = row.context;
        messages.push_back({"user", questionOf(row)});
        chat::RenderOptions options;
        options.addGenerationPrompt = true;
        return chat.render(messages, options).value().text;
    }
    Row asked = row;
    asked.context.clear();
    std::string system;
    for (const chat::Message& message : row.context) {
        if (message.role != "system") {
            throw Exception(ErrorCode::InvalidArgument, "this row has several turns, which only the chat form can show",
                            "choose the prompt form 'chat', or leave the column of earlier turns out", "promptTemplate");
        }
        system += message.content + "\n\n";
    }
    asked.instruction.insert(0, system);
    return renderPrompt(asked, form, {});
}

std::vector<std::int32_t> promptIds(const std::string& prompt, const RowEncoder& encoder)
{
    std::vector<std::int32_t> ids = encoder.tokenizer.encode(prompt);
    if (encoder.startId && (ids.empty() || ids.front() != *encoder.startId)) {
        ids.insert(ids.begin(), static_cast<std::int32_t>(*encoder.startId));
    }
    return ids;
}

TokenizedRow tokenizeRow(const std::string& prompt, const std::string& response, const tokenizer::Tokenizer& tokenizer,
                         std::int32_t eosId)
{
    TokenizedRow row{tokenizer.encode(prompt), tokenizer.encode(response)};
    row.response.push_back(eosId);
    return row;
}

TokenizedRow tokenizedRow(const Row& row, PromptTemplate form, experiment::LearnedTurns turns, const RowEncoder& encoder,
                          std::int64_t* rewritten)
{
    if (form == PromptTemplate::Chat && hasEarlierAnswers(row)) {
        return tokenizedConversation(row, turns, encoder, rewritten);
    }
    TokenizedRow result =
        tokenizeRow(promptText(row, form, encoder.chat), renderResponse(row, form), encoder.tokenizer, encoder.endId);
    if (encoder.startId && (result.prompt.empty() || result.prompt.front() != *encoder.startId)) {
        result.prompt.insert(result.prompt.begin(), static_cast<std::int32_t>(*encoder.startId));
    }
    return result;
}

Cut truncateRow(TokenizedRow& row, const experiment::DataConfig& config, std::int32_t eosId)
{
    const auto limit = static_cast<std::size_t>(config.maxTokens);
    if (row.prompt.size() + row.response.size() <= limit) {
        return {};
    }
    Cut cut;
    const auto shortenResponse = [&](std::size_t size) {
        for (std::size_t i = size; i < row.response.size(); ++i) {
            cut.answer = cut.answer || row.isLearned(i);
        }
        row.response.resize(std::min(row.response.size(), size));
        row.learned.resize(row.learned.empty() ? 0 : row.response.size());
    };
    if (config.truncation == experiment::Truncation::Reference) {
        const auto promptLimit = static_cast<std::size_t>(config.maxPromptTokens);
        cut.prompt = row.prompt.size() > promptLimit;
        row.prompt.resize(std::min(row.prompt.size(), promptLimit));
        if (row.prompt.size() + row.response.size() > limit) {
            shortenResponse(limit - promptLimit);
        }
        return cut;
    }
    // A quarter of the room is the prompt's in any case.
    const std::size_t promptShare = std::min(row.prompt.size(), limit / 4);
    if (row.response.size() > limit - promptShare) {
        shortenResponse(limit - promptShare);
        if (config.endAfterCut && row.isLearned(row.response.size() - 1)) {
            row.response.back() = eosId;
        }
    }
    const std::size_t room = limit - row.response.size();
    if (row.prompt.size() > room) {
        cut.prompt = true;
        const std::size_t head = room / 2;
        const std::size_t tail = room - head;
        row.prompt.erase(row.prompt.begin() + static_cast<std::ptrdiff_t>(head),
                         row.prompt.end() - static_cast<std::ptrdiff_t>(tail));
    }
    return cut;
}

namespace {

using Ids = std::vector<std::int32_t>;

/// The parts of a row in order, as text.
class SeenParts final {
public:
    explicit SeenParts(const tokenizer::Tokenizer& tokenizer) : m_tokenizer(tokenizer) {}

    void add(std::span<const std::int32_t> ids, bool isLearned, bool isCut = false)
    {
        if (!ids.empty()) {
            m_parts.push_back({m_tokenizer.decode(Ids(ids.begin(), ids.end()), tokenizer::SpecialTokens::Keep),
                               static_cast<std::int64_t>(ids.size()), isLearned, isCut});
            markSpecials(m_parts.back(), ids);
        }
    }
    /// A prompt whose middle or end was cut: `whole` before, `kept` after.
    void addCutPrompt(const Ids& whole, const Ids& kept, experiment::Truncation how)
    {
        const std::size_t head = how == experiment::Truncation::Reference ? kept.size() : kept.size() / 2;
        const std::span<const std::int32_t> all(whole);
        add(all.first(head), false);
        add(all.subspan(head, whole.size() - kept.size()), false, true);
        add(all.last(kept.size() - head), false);
    }
    void addResponse(const TokenizedRow& row)
    {
        const std::span<const std::int32_t> all(row.response);
        std::size_t begin = 0;
        for (std::size_t i = 0; i < row.response.size(); ++i) {
            if (i + 1 == row.response.size() || row.isLearned(i) != row.isLearned(i + 1)) {
                add(all.subspan(begin, i + 1 - begin), row.isLearned(i));
                begin = i + 1;
            }
        }
    }
    [[nodiscard]] std::vector<SeenPart> take() { return std::move(m_parts); }

private:
    /// The text between two special tokens is as long as its own decoding, but for white space that a decoder takes away.
    void markSpecials(SeenPart& part, std::span<const std::int32_t> ids) const
    {
        std::size_t from = 0;
        Ids between;
        for (const std::int32_t id : ids) {
            if (!isSpecial(m_tokenizer, id)) {
                between.push_back(id);
                continue;
            }
            const std::string text = m_tokenizer.decode({id}, tokenizer::SpecialTokens::Keep);
            const std::size_t passed = m_tokenizer.decode(between, tokenizer::SpecialTokens::Keep).size();
            const std::size_t place = part.text.find(text, from + passed);
            const std::size_t begin = place != std::string::npos ? place : part.text.find(text, from);
            between.clear();
            if (begin != std::string::npos) {
                from = begin + text.size();
                part.specials.emplace_back(begin, from);
            }
        }
    }

    const tokenizer::Tokenizer& m_tokenizer;
    std::vector<SeenPart> m_parts;
};

} // namespace

Result<SeenRow> seenRow(const Row& row, PromptTemplate form, const experiment::DataConfig& config, const RowEncoder& encoder,
                        CutParts cutParts)
{
    return guard([&] {
        SeenRow seen;
        TokenizedRow tokenized = tokenizedRow(row, form, config.learnedTurns, encoder, &seen.rewritten);
        const TokenizedRow whole = cutParts == CutParts::Show ? tokenized : TokenizedRow{};
        seen.cut = truncateRow(tokenized, config, encoder.endId);
        SeenParts parts(encoder.tokenizer);
        if (cutParts == CutParts::Show && whole.prompt.size() > tokenized.prompt.size()) {
            parts.addCutPrompt(whole.prompt, tokenized.prompt, config.truncation);
        } else {
            parts.add(tokenized.prompt, false);
        }
        parts.addResponse(tokenized);
        if (cutParts == CutParts::Show && whole.response.size() > tokenized.response.size()) {
            parts.add(std::span(whole.response).subspan(tokenized.response.size()), false, true);
        }
        seen.parts = parts.take();
        return seen;
    });
}

} // namespace lori::tasks
