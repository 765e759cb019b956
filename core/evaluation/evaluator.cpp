// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/evaluator.h"

#include <nlohmann/json.hpp>

namespace lori::evaluation {

namespace {

/// All sides in one generation run, so that small sides still fill the batches.
std::vector<std::vector<std::int32_t>> promptsOf(const std::vector<tasks::EvaluationSide>& sides,
                                                 const tokenizer::Tokenizer& tokenizer, experiment::PromptTemplate promptTemplate)
{
    const tasks::ChatFormatter chat = [&](const std::string& text) {
        return tokenizer.applyChatTemplate({{"user", text}}, true).value();
    };
    std::vector<std::vector<std::int32_t>> prompts;
    for (const tasks::EvaluationSide& side : sides) {
        for (const tasks::EvaluationRow& row : side.rows) {
            prompts.push_back(tokenizer.encode(tasks::renderPrompt(row.row, promptTemplate, chat)));
        }
    }
    return prompts;
}

std::string rowText(const tasks::Row& row)
{
    return row.input.empty() ? row.instruction : row.instruction + "\n\n" + row.input;
}

} // namespace

Result<std::vector<SideScore>> evaluateTask(const model::Decoder& decoder, const tokenizer::Tokenizer& tokenizer,
                                            const std::string& task, const EvaluateOptions& options,
                                            const generation::GenerateProgress& progress)
{
    return guard([&] {
        std::vector<tasks::EvaluationSide> sides = tasks::loadEvaluation(task).value();
        for (tasks::EvaluationSide& side : sides) {
            if (side.judge == tasks::Judge::UnitTests) {
                throw Exception(ErrorCode::Unsupported,
                                "the task '" + task + "' is judged by running programs, which needs a sandbox",
                                "leave it out of the evaluation", "evaluation.tasks");
            }
            if (options.limit > 0 && static_cast<std::int64_t>(side.rows.size()) > options.limit) {
                side.rows.resize(static_cast<std::size_t>(options.limit));
            }
        }
        generation::GenerateOptions generate;
        generate.maxNewTokens = options.maxNewTokens;
        generate.batchRows = options.batchRows;
        generate.stopIds = decoder.model().config().eosIds;
        const auto answers =
            generation::generate(decoder, promptsOf(sides, tokenizer, options.promptTemplate), generate, progress).value();
        std::vector<SideScore> scores;
        std::size_t next = 0;
        for (const tasks::EvaluationSide& side : sides) {
            SideScore& score = scores.emplace_back(SideScore{side.metric, side.higherIsBetter, {}, {}});
            std::int64_t hits = 0;
            for (const tasks::EvaluationRow& row : side.rows) {
                Item item{row.id,
                          rowText(row.row),
                          row.expected,
                          tokenizer.decode(answers[next++].ids, tokenizer::SpecialTokens::Skip),
                          {}};
                item.verdict = tasks::judge(side.judge, row, item.answer);
                hits += item.verdict.hit ? 1 : 0;
                score.items.push_back(std::move(item));
            }
            score.rate = tasks::wilson(hits, static_cast<std::int64_t>(side.rows.size()));
        }
        return scores;
    });
}

std::string itemLines(const std::vector<Item>& items)
{
    std::string text;
    for (const Item& item : items) {
        const nlohmann::ordered_json line{{"id", item.id},
                                          {"prompt", item.prompt},
                                          {"expected", item.expected},
                                          {"answer", item.answer},
                                          {"extracted", item.verdict.extracted},
                                          {"hit", item.verdict.hit}};
        // A generation may end inside a character; such bytes are shown as U+FFFD.
        text += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    }
    return text;
}

} // namespace lori::evaluation
