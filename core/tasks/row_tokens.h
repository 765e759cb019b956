// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/chat_form.h"
#include "core/experiment/data_config.h"
#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lori::tasks {

/// What turns rows into ids for one model.
struct RowEncoder {
    const tokenizer::Tokenizer& tokenizer;
    const chat::ChatForm& chat;
    std::optional<std::int64_t> startId; ///< put in front of prompts that do not begin with it; empty: none is
    std::int32_t endId = 0;              ///< behind answers
};

/// One row as ids. The response ends with the end token unless truncation cut it off.
struct TokenizedRow {
    std::vector<std::int32_t> prompt;
    std::vector<std::int32_t> response;
    /// Conversations of several turns: which ids of the response are learned; the others are later questions. Empty = all.
    std::vector<bool> learned{};
    [[nodiscard]] std::int64_t tokens() const { return static_cast<std::int64_t>(prompt.size() + response.size()); }
    [[nodiscard]] bool isLearned(std::size_t i) const { return learned.empty() || learned[i]; }
};

/// What truncation took away.
struct Cut {
    bool prompt = false;
    bool answer = false; ///< of what is learned
    explicit operator bool() const { return prompt || answer; }
};

/// What the model sees of a row before the answer: the turns in front of the question through the chat template, or, in the other
/// forms, the system text in front of the instruction. Throws InvalidArgument: earlier questions and answers without the chat
/// form; the template refuses these turns.
[[nodiscard]] std::string promptText(const Row& row, experiment::PromptTemplate form, const chat::ChatForm& chat);
/// The ids of a prompt, with the start token in front unless the prompt begins with it.
[[nodiscard]] std::vector<std::int32_t> promptIds(const std::string& prompt, const RowEncoder& encoder);

/// Prompt and response tokenized separately, the end token after the response (method.md §1.4).
[[nodiscard]] TokenizedRow tokenizeRow(const std::string& prompt, const std::string& response,
                                       const tokenizer::Tokenizer& tokenizer, std::int32_t eosId);
/// A row in the form it is trained in. A single question and answer as above. A conversation with earlier answers is rendered and
/// tokenized as a whole, as transformers' apply_chat_template does; every answer is learned, or the last only, each with the
/// special token that ends its turn; the rest is context. `rewritten` is raised by the answers that the template changes, which
/// are not learned.
[[nodiscard]] TokenizedRow tokenizedRow(const Row& row, experiment::PromptTemplate form, experiment::LearnedTurns turns,
                                        const RowEncoder& encoder, std::int64_t* rewritten = nullptr);

/// Shortens a row to config.maxTokens as config.truncation says.
Cut truncateRow(TokenizedRow& row, const experiment::DataConfig& config, std::int32_t eosId);

/// A piece of a row as the model sees it.
struct SeenPart {
    std::string text; ///< special tokens as text
    std::int64_t tokens = 0;
    bool isLearned = false;
    bool isCut = false; ///< taken away by truncation; only with CutParts::Show
    /// Where special tokens stand in `text`, in order: the first byte, and the one behind the last.
    std::vector<std::pair<std::size_t, std::size_t>> specials{};
};
/// Whether what truncation took away is among the parts of a row.
enum class CutParts : std::uint8_t { LeaveOut, Show };
/// A row as training feeds it to the model, for people: prompt and answers in order, special tokens and cuts included.
struct SeenRow {
    std::vector<SeenPart> parts;
    Cut cut;
    std::int64_t rewritten = 0; ///< answers that the template changes, so that they are not learned
};
/// Errors: as tokenizedRow.
[[nodiscard]] Result<SeenRow> seenRow(const Row& row, experiment::PromptTemplate form, const experiment::DataConfig& config,
                                      const RowEncoder& encoder, CutParts cutParts = CutParts::LeaveOut);

} // namespace lori::tasks
