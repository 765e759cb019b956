// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/prepared_side.h"

#include <algorithm>

namespace lori::evaluation {

namespace {

using experiment::EvaluationHow;
using experiment::ScoringMode;

void requireWay(const tasks::EvaluationSide& side, const EvaluateOptions& options)
{
    if (options.samples < 1) {
        throw Exception(ErrorCode::InvalidArgument, "at least one sample a row is needed", "give --samples 1 or more");
    }
    if (options.how == EvaluationHow::Generate) {
        return;
    }
    const bool isChoice = side.judge == tasks::Judge::Choice;
    const bool isReference = options.scoring.mode == ScoringMode::Reference;
    if (!isChoice || isReference || options.samples > 1) {
        throw Exception(ErrorCode::InvalidArgument,
                        !isChoice     ? "log-likelihoods need a task with options to choose from"
                        : isReference ? "the reference generates; it has no log-likelihoods"
                                      : "log-likelihoods are exact; there is nothing to sample",
                        "choose --how generate");
    }
}

std::int64_t rowsUsed(std::int64_t rows, const EvaluateOptions& options)
{
    rows = options.limit > 0 ? std::min(rows, options.limit) : rows;
    const bool drops = options.dropLastBatch && options.scoring.mode == ScoringMode::Reference;
    return drops ? tasks::rowsInWholeBatches(rows) : rows;
}

} // namespace

std::vector<PreparedSide> prepareSides(const std::string& task, const EvaluateOptions& options, const tasks::Scorer& scorer)
{
    std::vector<PreparedSide> prepared;
    for (tasks::EvaluationSide& side : tasks::loadEvaluation(task, options.data).value()) {
        scorer.requireJudgeable(side);
        requireWay(side, options);
        const auto available = static_cast<std::int64_t>(side.rows.size());
        side.rows.resize(static_cast<std::size_t>(rowsUsed(available, options)));
        prepared.push_back({std::move(side), available});
    }
    return prepared;
}

Result<std::int64_t> countPrompts(const std::string& task, const EvaluateOptions& options)
{
    return guard([&] {
        std::int64_t prompts = 0;
        for (const PreparedSide& prepared : prepareSides(task, options, tasks::Scorer(options.scoring))) {
            prompts += static_cast<std::int64_t>(prepared.side.rows.size()) * options.samples;
        }
        return prompts;
    });
}

} // namespace lori::evaluation
