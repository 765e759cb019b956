// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/likelihood.h"

#include "core/model/loss_head.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <numeric>

namespace lori::evaluation {

namespace {

using Ids = std::vector<std::int32_t>;

/// The rows that must run for one prompt, and which of them carries each answer.
struct SharedRows {
    std::vector<Ids> rows;
    std::vector<std::size_t> rowOf;
};

bool startsWith(const Ids& text, const Ids& beginning)
{
    return beginning.size() <= text.size() && std::equal(beginning.begin(), beginning.end(), text.begin());
}

/// What is fed is prompt + answer without its last token; an input that begins another one is not fed again.
SharedRows shareRows(const ChoicePrompt& choice)
{
    SharedRows shared;
    shared.rowOf.resize(choice.answers.size());
    std::vector<std::size_t> order(choice.answers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return choice.answers[a].size() > choice.answers[b].size(); });
    for (const std::size_t answer : order) {
        Ids input = choice.prompt;
        input.insert(input.end(), choice.answers[answer].begin(), choice.answers[answer].end() - 1);
        const auto it =
            std::find_if(shared.rows.begin(), shared.rows.end(), [&](const Ids& row) { return startsWith(row, input); });
        shared.rowOf[answer] = static_cast<std::size_t>(it - shared.rows.begin());
        if (it == shared.rows.end()) {
            shared.rows.push_back(std::move(input));
        }
    }
    return shared;
}

void requireFitting(const ChoicePrompt& choice, std::size_t index, std::int64_t context)
{
    for (const Ids& answer : choice.answers) {
        const auto length = static_cast<std::int64_t>(choice.prompt.size() + answer.size());
        if (choice.prompt.empty() || answer.empty() || length > context) {
            throw Exception(ErrorCode::InvalidArgument,
                            "prompt " + std::to_string(index + 1) + " with an option has " + std::to_string(length) +
                                " tokens; both must hold tokens, and together at most " + std::to_string(context),
                            "shorten the prompt");
        }
    }
}

/// Scores the prompts [begin, end) in one packed batch.
void scoreBatch(const model::Decoder& decoder, const std::vector<ChoicePrompt>& prompts, std::size_t begin, std::size_t end,
                std::vector<std::vector<double>>& result)
{
    struct Target {
        std::int64_t position;
        std::int64_t label;
        std::int64_t answer;
    };
    std::vector<Ids> rows;
    std::vector<Target> targets;
    std::int64_t answers = 0;
    std::int64_t tokens = 0;
    for (std::size_t p = begin; p < end; ++p) {
        SharedRows shared = shareRows(prompts[p]);
        std::vector<std::int64_t> starts;
        for (Ids& row : shared.rows) {
            starts.push_back(tokens);
            tokens += static_cast<std::int64_t>(row.size());
            rows.push_back(std::move(row));
        }
        for (std::size_t a = 0; a < prompts[p].answers.size(); ++a) {
            std::int64_t position = starts[shared.rowOf[a]] + static_cast<std::int64_t>(prompts[p].prompt.size()) - 1;
            for (const std::int32_t id : prompts[p].answers[a]) {
                targets.push_back({position++, id, answers});
            }
            ++answers;
        }
    }
    std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) { return a.position < b.position; });
    model::LossTargets scored;
    for (const Target& target : targets) {
        scored.positions.push_back(target.position);
        scored.labels.push_back(target.label);
        scored.rows.push_back(target.answer);
    }
    const at::Tensor x_TD = decoder.forward(model::packRows(rows, decoder.model().device()), nullptr);
    const std::vector<double> weights(static_cast<std::size_t>(answers), 1.0);
    const model::LossResult loss = model::lossAndGradient(decoder.model(), x_TD, scored, weights, model::WithGradient::No);
    std::size_t next = 0;
    for (std::size_t p = begin; p < end; ++p) {
        for (std::size_t a = 0; a < prompts[p].answers.size(); ++a) {
            result[p].push_back(-loss.rowLoss[next++]);
        }
    }
}

/// At most `rows` prompts; on a processor also not many more tokens than one pass of a few seconds takes: within it nobody can
/// pause.
std::size_t endOfBatch(const model::Decoder& decoder, const std::vector<ChoicePrompt>& prompts, std::size_t begin,
                       std::size_t rows)
{
    constexpr std::size_t kPassTokens = 2048;
    std::size_t end = begin;
    for (std::size_t tokens = 0; end < prompts.size() && end - begin < rows; ++end) {
        tokens += prompts[end].prompt.size();
        if (decoder.model().device().is_cpu() && tokens > kPassTokens && end > begin) {
            break;
        }
    }
    return end;
}

} // namespace

std::vector<std::vector<double>> answerLogProbabilities(const model::Decoder& decoder, const std::vector<ChoicePrompt>& prompts,
                                                        std::int64_t batchRows, const generation::GenerateProgress& progress)
{
    const std::int64_t context = decoder.model().config().contextLength;
    for (std::size_t p = 0; p < prompts.size(); ++p) {
        requireFitting(prompts[p], p, context);
    }
    std::vector<std::vector<double>> result(prompts.size());
    const auto rows = static_cast<std::size_t>(std::max<std::int64_t>(1, batchRows));
    for (std::size_t begin = 0; begin < prompts.size();) {
        const std::size_t end = endOfBatch(decoder, prompts, begin, rows);
        if (progress && !progress(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(prompts.size()))) {
            throw Exception(ErrorCode::Stopped, "the evaluation was cancelled");
        }
        scoreBatch(decoder, prompts, begin, end, result);
        begin = end;
    }
    return result;
}

} // namespace lori::evaluation
