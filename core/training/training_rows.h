// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/result.h"
#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lori::training {

/// One row as ids. The response ends with EOS unless the reference's truncation cut it off.
struct TokenizedRow {
    std::vector<std::int32_t> prompt;
    std::vector<std::int32_t> response;
    [[nodiscard]] std::int64_t tokens() const { return static_cast<std::int64_t>(prompt.size() + response.size()); }
};

struct TrainingData {
    std::vector<TokenizedRow> train;
    std::vector<TokenizedRow> heldOut; ///< at most config.heldOutMaxRows of those set aside
    std::int64_t heldOutTotal = 0;     ///< set aside, never trained on
    std::int64_t truncatedRows = 0;
};

/// Prompt and response tokenized separately, EOS after the response (method.md §1.4).
[[nodiscard]] TokenizedRow tokenizeRow(const std::string& prompt, const std::string& response,
                                       const tokenizer::Tokenizer& tokenizer, std::int32_t eosId);

/// Shortens a row to config.maxTokens as config.truncation says; true when something was cut.
bool truncateRow(TokenizedRow& row, const experiment::DataConfig& config, std::int32_t eosId);

/// Loads every source, renders, tokenizes, truncates and sets rows aside by their hash.
/// Errors: those of the loaders; InvalidArgument when no row remains to train on.
[[nodiscard]] Result<TrainingData> loadTrainingData(const experiment::DataConfig& config, const tokenizer::Tokenizer& tokenizer,
                                                    std::optional<std::int64_t> bosId, std::int32_t eosId);

} // namespace lori::training
