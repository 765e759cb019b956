// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/chat_form.h"
#include "core/experiment/data_config.h"
#include "core/support/result.h"
#include "core/tasks/row_tokens.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lori::training {

using tasks::TokenizedRow;

struct TrainingData {
    std::vector<TokenizedRow> train;    ///< source after source, each as often as its weight says
    std::vector<TokenizedRow> heldOut;  ///< at most config.heldOutMaxRows of those set aside
    std::int64_t heldOutTotal = 0;      ///< set aside, never trained on
    std::int64_t truncatedRows = 0;     ///< longer than config.maxTokens: cutPrompts and cutAnswers, some rows are both
    std::int64_t cutPrompts = 0;        ///< rows whose prompt lost its middle (Truncation::Reference: its end)
    std::int64_t cutAnswers = 0;        ///< rows that lost a part of what they teach
    std::int64_t rewrittenAnswers = 0;  ///< earlier answers that the chat template changes: not learned
    std::vector<std::string> readNotes; ///< what the readers of data files left out or took as turns, with the file's name
};

/// Loads every source, renders, tokenizes, truncates and sets rows aside by their hash.
/// `chat`: the model's chat template; `bosId`: its start token, put in front when config.addBos is on.
/// Errors: those of the loaders and of tasks::tokenizedRow, with the row; InvalidArgument when no row remains to train on.
[[nodiscard]] Result<TrainingData> loadTrainingData(const experiment::DataConfig& config, const tokenizer::Tokenizer& tokenizer,
                                                    const chat::ChatForm& chat, std::optional<std::int64_t> bosId,
                                                    std::int32_t eosId);

} // namespace lori::training
