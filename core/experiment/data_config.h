// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lori::experiment {

/// How a row becomes the prompt the model sees (method.md §1.3). Strict forms are ours, Reference forms are byte-exact.
enum class PromptTemplate : std::uint8_t {
    Chat,              ///< the base model's own chat template, instruction (+ blank line + input) as the user's turn
    Alpaca,            ///< Alpaca text without stray indentation
    AlpacaReference,   ///< the reference's training text, indented by 20 spaces
    QuestionReference, ///< GSM8K: question, LF, the step-by-step sentence, LF
    Plain,             ///< instruction (+ blank line + input) and nothing else
};

/// Which fields of a row hold what. Empty names are found by looking at the first rows.
struct ColumnMapping {
    std::string instruction; ///< "instruction", "question", "prompt" …
    std::string input;       ///< optional context
    std::string output;      ///< "output", "answer", "response" …
    std::string system;      ///< optional system text, a turn of its own in front of the others
    std::string history;     ///< optional earlier turns: [[user, assistant], …] or a chat list
    std::string messages;    ///< a chat list [{role, content}] or [{from, value}]; excludes instruction, input, output, history
    bool operator==(const ColumnMapping&) const = default;
};

/// Where training rows come from: a starter task or a published set by name, or a file.
struct DataSource {
    std::string task;      ///< "safety", "maths", … or "boolq", "gsm8k", …; "" with `file`
    std::string file;      ///< JSONL, JSON or CSV; "" with `task`
    ColumnMapping columns; ///< only for `file`
    PromptTemplate promptTemplate = PromptTemplate::Chat;
    std::int64_t maxRows = 0; ///< 0 = all
    /// How often its training rows come in an epoch, 0.001–100: 2 is each row twice, 0.5 one half of them, chosen by their hash
    /// and so the same half in every epoch and run. Rows that are held out stay as they are.
    double weight = 1;
    bool operator==(const DataSource&) const = default;
};

/// What happens to rows that are too long (method.md §1.4, §5 no. 9).
enum class Truncation : std::uint8_t {
    KeepResponse, ///< ours: drop the middle of the prompt first; a whole answer keeps its EOS; counted and reported
    Reference,    ///< prompt's first `maxPromptTokens`, then response's first `maxTokens - maxPromptTokens`; EOS may be lost
};

/// Which answers of a conversation of several turns are learned.
enum class LearnedTurns : std::uint8_t {
    All,  ///< a loss on every turn of the assistant
    Last, ///< on the last one only; the others are part of the prompt
};

/// The order in which rows are visited.
enum class RowOrder : std::uint8_t {
    Seeded,    ///< ours: a new permutation each epoch from the run's seed; last short batch is used
    Reference, ///< NumPy + Python generators of the reference, shuffled in place each epoch; last short batch dropped
};

struct DataConfig {
    std::vector<DataSource> sources;
    std::string folder;               ///< where published sets lie; "" = data/ of the program's home
    double heldOutShare = 0.05;       ///< 0–0.5 of the rows, chosen by row hash, never trained on
    std::int64_t heldOutMaxRows = 64; ///< at most this many are measured
    std::int64_t maxTokens = 512;     ///< per row, prompt and response together
    std::int64_t maxPromptTokens = 256;
    Truncation truncation = Truncation::KeepResponse;
    RowOrder order = RowOrder::Seeded;
    bool addBos = false; ///< put the model's BOS id before the prompt (the reference does not); never twice
    LearnedTurns learnedTurns = LearnedTurns::All;
    bool endAfterCut =
        false; ///< KeepResponse: an answer that was cut ends with EOS all the same (it teaches to stop mid-sentence)
    bool operator==(const DataConfig&) const = default;
};

} // namespace lori::experiment
