// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/generation/generator.h"
#include "core/tasks/scorer.h"
#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lori::evaluation {

/// One option of a choice row, with the model's opinion of it.
struct OptionScore {
    std::string option;
    double logProbability = 0; ///< Σ log p of the answer's tokens after the prompt, natural logarithm
    std::int64_t tokens = 0;
};

/// What the second scorer of refusals says (second_scorer.h).
struct SecondVerdict {
    bool hit = false;
    double leaning = 0; ///< log p behind refusals − log p behind help; a hit when > 0
};

/// One evaluated row, kept so that two results can be compared item by item.
struct Item {
    std::string id;     ///< of the row; "#k" behind it for the k-th of several samples
    std::string prompt; ///< the row's own text, without the template
    std::string expected;
    std::string answer; ///< what was generated, special tokens left out; the chosen option with log-likelihoods
    tasks::Verdict verdict;
    std::vector<OptionScore> options{};    ///< with log-likelihoods
    std::optional<SecondVerdict> second{}; ///< refusals, when there is a second scorer
};

struct SideScore {
    std::string metric;
    bool higherIsBetter = true;
    tasks::Rate rate;
    std::vector<Item> items;    ///< empty for scores derived from other sides (means, pass@k, normalized choice)
    std::int64_t available = 0; ///< rows of the side before `limit` and `dropLastBatch`
    bool isSecond = false;      ///< of the second scorer: its rate, or how often the two disagree
};

struct EvaluateOptions {
    experiment::PromptTemplate promptTemplate = experiment::PromptTemplate::Chat; ///< not in reference mode, which has its own
    bool addBos = false; ///< start prompts with the model's start token, as training with data.addBos does; not in reference mode
    std::int64_t limit = 0; ///< first rows of each side; 0 = all
    std::int64_t maxNewTokens = 96;
    std::int64_t batchRows = 16;
    tasks::DataFolder data{}; ///< of the published sets
    experiment::EvaluationHow how = experiment::EvaluationHow::Generate;
    tasks::ScoringOptions scoring{};
    bool dropLastBatch = false;   ///< reference mode: leave the last batch of 64 out unless it is full
    std::int64_t samples = 1;     ///< answers a row; more than one are drawn, not greedy, and give pass@1, 5, 10
    double temperature = 0.2;     ///< of drawn answers
    double topP = 0.95;           ///< of drawn answers
    std::uint64_t sampleSeed = 0; ///< of drawn answers
    /// Strict refusals are judged a second time by this model, the base without the adapter; null = by phrases alone.
    const model::Decoder* secondScorer = nullptr;
};

/// Answers every evaluation row of a task and judges the answers. Safety gives two sides; "nlu" gives "accuracy" (the plain
/// mean of the eight sets; its interval from theirs, MOVER), "pooled_accuracy" (all rows together) and then the eight; others
/// one. With log-likelihoods "<metric>_normalized" follows (option chosen by log p per token); with several samples "pass_at_1",
/// 5 and 10; with a second scorer of refusals "<metric>_likelihood" and "<metric>_disagreement". In strict mode the answer alone
/// is judged; in reference mode prompt and answer as the reference does (core/tasks/README.md). Errors: those of loadEvaluation
/// and Scorer; InvalidArgument (log-likelihoods of a task without options, in reference mode or with samples); Stopped when
/// `progress` returns false.
[[nodiscard]] Result<std::vector<SideScore>> evaluateTask(const model::Decoder& decoder, const tokenizer::Tokenizer& tokenizer,
                                                          const std::string& task, const EvaluateOptions& options,
                                                          const generation::GenerateProgress& progress = {});

/// How many prompts evaluateTask would answer. Needs no model, and refuses at once what evaluateTask would refuse: ask before a
/// long training. Errors: as evaluateTask.
[[nodiscard]] Result<std::int64_t> countPrompts(const std::string& task, const EvaluateOptions& options);

/// Items as JSON lines: {"id","prompt","expected","answer","extracted","hit"}, with log-likelihoods "options":
/// [{"option","logProbability","tokens"}], and with a second scorer "secondHit" and "leaning".
[[nodiscard]] std::string itemLines(const std::vector<Item>& items);

} // namespace lori::evaluation
