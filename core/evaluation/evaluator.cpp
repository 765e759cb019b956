// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/evaluator.h"

#include "core/evaluation/likelihood.h"
#include "core/evaluation/prepared_side.h"
#include "core/evaluation/second_scorer.h"
#include "core/evaluation/summaries.h"
#include "core/tasks/benchmarks.h"
#include "core/tasks/row_tokens.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::evaluation {

namespace {

using experiment::EvaluationHow;
using Ids = std::vector<std::int32_t>;

std::string rowText(const tasks::Row& row)
{
    return row.input.empty() ? row.instruction : row.instruction + "\n\n" + row.input;
}

/// One evaluation while it runs.
class Evaluation final {
public:
    Evaluation(const model::Decoder& decoder, const tokenizer::Tokenizer& tokenizer, const EvaluateOptions& options,
               const generation::GenerateProgress& progress)
        : m_decoder(decoder),
          m_tokenizer(tokenizer),
          m_options(options),
          m_progress(progress),
          m_scorer(options.scoring),
          m_chat(chat::ChatForm::fromConfig(decoder.model().files().tokenizerConfig))
    {
    }

    std::vector<SideScore> run(const std::string& task)
    {
        m_sides = prepareSides(task, m_options, m_scorer);
        std::vector<SideScore> scores = m_options.how == EvaluationHow::Generate ? generateAnswers() : compareOptions();
        if (tasks::benchmarksOf(task).size() > 1) {
            addMeans(scores);
        }
        if (m_options.secondScorer != nullptr && !isReference() && judgesRefusals()) {
            addSecondScorer(scores, *m_options.secondScorer, m_tokenizer, m_options.batchRows, m_progress);
        }
        return scores;
    }

private:
    [[nodiscard]] bool isReference() const { return m_scorer.mode() == tasks::ScoringMode::Reference; }

    [[nodiscard]] bool judgesRefusals() const
    {
        return std::all_of(m_sides.begin(), m_sides.end(),
                           [](const PreparedSide& prepared) { return prepared.side.judge == tasks::Judge::Refusal; });
    }

    [[nodiscard]] std::string promptText(const tasks::EvaluationSide& side, const tasks::EvaluationRow& row) const
    {
        if (isReference()) {
            return tasks::referencePrompt(side.judge, row);
        }
        const bool isCompletion = side.judge == tasks::Judge::UnitTests && !row.program.code.empty();
        if (isCompletion && m_options.promptTemplate == experiment::PromptTemplate::Plain) {
            return row.program.code;
        }
        tasks::Row asked = row.row;
        if (isCompletion) { // who is asked must be told what to do with a piece of code
            asked.instruction = "Complete this Python function.\n\n" + row.program.code;
        }
        return tasks::promptText(asked, m_options.promptTemplate, m_chat);
    }

    /// The reference cuts a prompt to 256 tokens when prompt, gold answer and EOS together exceed 512 (method.md §1.4).
    void cutAsReference(Ids& prompt, const tasks::EvaluationRow& row) const
    {
        constexpr std::size_t kMaxTokens = 512;
        constexpr std::size_t kMaxPromptTokens = 256;
        const std::string gold = tasks::renderResponse(row.row, experiment::PromptTemplate::QuestionReference);
        if (prompt.size() + m_tokenizer.encode(gold).size() + 1 > kMaxTokens) {
            prompt.resize(std::min(prompt.size(), kMaxPromptTokens));
        }
    }

    /// Prompts of all sides in one list, so that small sides still fill the batches; each as often as it is sampled.
    [[nodiscard]] std::vector<Ids> prompts(std::int64_t times) const
    {
        std::vector<Ids> list;
        const bool hasStart = m_options.addBos && !isReference();
        const tasks::RowEncoder encoder{m_tokenizer, m_chat, hasStart ? m_decoder.model().config().bosId : std::nullopt};
        for (const auto& [side, available] : m_sides) {
            for (const tasks::EvaluationRow& row : side.rows) {
                Ids ids = tasks::promptIds(promptText(side, row), encoder);
                if (isReference()) {
                    cutAsReference(ids, row);
                }
                list.insert(list.end(), static_cast<std::size_t>(times), ids);
            }
        }
        return list;
    }

    [[nodiscard]] SideScore emptyScore(std::size_t index) const
    {
        return {m_sides[index].side.metric, m_sides[index].side.higherIsBetter, {}, {}, m_sides[index].available};
    }

    [[nodiscard]] generation::GenerateOptions generateOptions() const
    {
        generation::GenerateOptions generate;
        generate.maxNewTokens = m_options.maxNewTokens;
        generate.batchRows = m_options.batchRows;
        generate.stopIds = m_decoder.model().config().eosIds;
        if (m_options.samples > 1) {
            generate.temperature = m_options.temperature;
            generate.topP = m_options.topP;
            generate.seed = m_options.sampleSeed;
        }
        return generate;
    }

    std::vector<SideScore> generateAnswers()
    {
        const std::vector<Ids> asked = prompts(m_options.samples);
        const auto answers = generation::generate(m_decoder, asked, generateOptions(), m_progress).value();
        std::vector<SideScore> scores;
        std::size_t next = 0;
        for (std::size_t s = 0; s < m_sides.size(); ++s) {
            SideScore score = emptyScore(s);
            std::vector<std::int64_t> passes;
            std::int64_t hits = 0;
            for (const tasks::EvaluationRow& row : m_sides[s].side.rows) {
                stayAlive(m_sides[s].side.judge, static_cast<std::int64_t>(asked.size()));
                passes.push_back(0);
                for (std::int64_t sample = 1; sample <= m_options.samples; ++sample, ++next) {
                    score.items.push_back(judged(m_sides[s].side.judge, row, asked[next], answers[next].ids, sample));
                    passes.back() += score.items.back().verdict.hit ? 1 : 0;
                }
                hits += passes.back();
            }
            score.rate = tasks::wilson(hits, static_cast<std::int64_t>(score.items.size()));
            std::vector<SideScore> derived;
            if (m_options.samples > 1) {
                derived = passScores(score, passes, m_options.samples);
                score.rate.low = derived.front().rate.low; // samples of one row are not independent
                score.rate.high = derived.front().rate.high;
            }
            scores.push_back(std::move(score));
            scores.insert(scores.end(), std::make_move_iterator(derived.begin()), std::make_move_iterator(derived.end()));
        }
        return scores;
    }

    /// Running programs takes a while: whoever waits can still cancel.
    void stayAlive(tasks::Judge how, std::int64_t prompts) const
    {
        if (how == tasks::Judge::UnitTests && m_progress && !m_progress(prompts, prompts)) {
            throw Exception(ErrorCode::Stopped, "the evaluation was cancelled");
        }
    }

    [[nodiscard]] Item judged(tasks::Judge how, const tasks::EvaluationRow& row, const Ids& prompt, const Ids& answer,
                              std::int64_t sample) const
    {
        Item item{row.id, rowText(row.row), row.expected, m_tokenizer.decode(answer, tokenizer::SpecialTokens::Skip), {}};
        if (m_options.samples > 1) {
            item.id.append("#").append(std::to_string(sample));
        }
        const std::string seen = isReference() ? m_tokenizer.decode(prompt, tokenizer::SpecialTokens::Skip) : std::string();
        item.verdict = m_scorer.judge(how, row, seen, item.answer);
        return item;
    }

    std::vector<SideScore> compareOptions()
    {
        std::vector<ChoicePrompt> choices;
        std::vector<Ids> asked = prompts(1);
        std::size_t next = 0;
        for (const auto& [side, available] : m_sides) {
            for (const tasks::EvaluationRow& row : side.rows) {
                ChoicePrompt& choice = choices.emplace_back(ChoicePrompt{std::move(asked[next++]), {}});
                for (const std::string& answer : row.optionAnswers) {
                    choice.answers.push_back(m_tokenizer.encode(answer));
                }
            }
        }
        const auto logProbabilities = answerLogProbabilities(m_decoder, choices, m_options.batchRows, m_progress);
        std::vector<SideScore> scores;
        next = 0;
        for (std::size_t s = 0; s < m_sides.size(); ++s) {
            SideScore score = emptyScore(s);
            std::int64_t hits = 0;
            for (const tasks::EvaluationRow& row : m_sides[s].side.rows) {
                score.items.push_back(chosen(row, choices[next], logProbabilities[next]));
                hits += score.items.back().verdict.hit ? 1 : 0;
                ++next;
            }
            score.rate = tasks::wilson(hits, static_cast<std::int64_t>(score.items.size()));
            scores.push_back(std::move(score));
            scores.push_back(normalizedChoice(scores.back()));
        }
        return scores;
    }

    static Item chosen(const tasks::EvaluationRow& row, const ChoicePrompt& choice, const std::vector<double>& logProbabilities)
    {
        Item item{row.id, rowText(row.row), row.expected, {}, {}};
        for (std::size_t o = 0; o < row.options.size(); ++o) {
            item.options.push_back({row.options[o], logProbabilities[o], static_cast<std::int64_t>(choice.answers[o].size())});
        }
        const auto best =
            std::max_element(item.options.begin(), item.options.end(),
                             [](const OptionScore& a, const OptionScore& b) { return a.logProbability < b.logProbability; });
        item.answer = best->option;
        item.verdict = {best->option == row.expected, best->option};
        return item;
    }

    const model::Decoder& m_decoder;
    const tokenizer::Tokenizer& m_tokenizer;
    const EvaluateOptions& m_options;
    const generation::GenerateProgress& m_progress;
    tasks::Scorer m_scorer;
    chat::ChatForm m_chat; ///< the model's own
    std::vector<PreparedSide> m_sides;
};

} // namespace

Result<std::vector<SideScore>> evaluateTask(const model::Decoder& decoder, const tokenizer::Tokenizer& tokenizer,
                                            const std::string& task, const EvaluateOptions& options,
                                            const generation::GenerateProgress& progress)
{
    return guard([&] { return Evaluation(decoder, tokenizer, options, progress).run(task); });
}

std::string itemLines(const std::vector<Item>& items)
{
    std::string text;
    for (const Item& item : items) {
        nlohmann::ordered_json line{{"id", item.id},
                                    {"prompt", item.prompt},
                                    {"expected", item.expected},
                                    {"answer", item.answer},
                                    {"extracted", item.verdict.extracted},
                                    {"hit", item.verdict.hit}};
        for (const OptionScore& option : item.options) {
            line["options"].push_back(
                {{"option", option.option}, {"logProbability", option.logProbability}, {"tokens", option.tokens}});
        }
        if (item.second) {
            line["secondHit"] = item.second->hit;
            line["leaning"] = item.second->leaning;
        }
        // A generation may end inside a character; such bytes are shown as U+FFFD.
        text += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    }
    return text;
}

} // namespace lori::evaluation
