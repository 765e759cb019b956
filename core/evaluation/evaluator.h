// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/generation/generator.h"
#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::evaluation {

/// One evaluated row, kept so that two results can be compared item by item.
struct Item {
    std::string id;
    std::string prompt; ///< the row's own text, without the template
    std::string expected;
    std::string answer; ///< what was generated, special tokens left out
    tasks::Verdict verdict;
};

struct SideScore {
    std::string metric;
    bool higherIsBetter = true;
    tasks::Rate rate;
    std::vector<Item> items;
};

struct EvaluateOptions {
    experiment::PromptTemplate promptTemplate = experiment::PromptTemplate::Chat;
    std::int64_t limit = 0; ///< first rows of each side; 0 = all
    std::int64_t maxNewTokens = 96;
    std::int64_t batchRows = 16;
};

/// Generates greedily on every evaluation row of a task and judges the answers alone ("strict"). Safety gives two sides, the
/// others one. Errors: NotFound (task), Unsupported (unit tests need a sandbox), Stopped when `progress` returns false.
[[nodiscard]] Result<std::vector<SideScore>> evaluateTask(const model::Decoder& decoder, const tokenizer::Tokenizer& tokenizer,
                                                          const std::string& task, const EvaluateOptions& options,
                                                          const generation::GenerateProgress& progress = {});

/// Items as JSON lines: {"id","prompt","expected","answer","extracted","hit"}.
[[nodiscard]] std::string itemLines(const std::vector<Item>& items);

} // namespace lori::evaluation
