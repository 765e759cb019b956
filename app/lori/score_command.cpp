// SPDX-License-Identifier: Apache-2.0
// lori score: judges generations that were recorded elsewhere, or gives the prompts to generate from.
#include "app/lori/command.h"
#include "core/evaluation/sandbox_runner.h"
#include "core/tasks/benchmarks.h"
#include "core/tasks/recorded.h"

#include <array>
#include <cstdio>

namespace lori::app {

namespace {

struct ScoreArguments {
    std::string task;
    std::string file;
    std::string mode = "strict";
    std::string phrases;
    std::string data;
    bool dropLast = false;
    bool prompts = false;
};

tasks::ScoringMode modeOf(const std::string& word)
{
    return word == "reference" ? tasks::ScoringMode::Reference : tasks::ScoringMode::Strict;
}

std::string rateText(const std::string& name, const tasks::Rate& rate)
{
    std::array<char, 200> text{};
    std::snprintf(text.data(), text.size(), "%s: %.1f %% [%.1f–%.1f], %lld of %lld\n", name.c_str(), 100 * rate.value, // NOLINT
                  100 * rate.low, 100 * rate.high, static_cast<long long>(rate.hits), static_cast<long long>(rate.n));
    return text.data();
}

nlohmann::ordered_json rateJson(const tasks::Rate& rate)
{
    return {{"value", rate.value}, {"low", rate.low}, {"high", rate.high}, {"hits", rate.hits}, {"n", rate.n}};
}

Answer score(const ScoreArguments& a)
{
    tasks::RecordedOptions options;
    options.scoring.mode = modeOf(a.mode);
    options.scoring.phrases = a.phrases;
    if (tasks::runsPrograms(a.task)) {
        options.scoring.runner = evaluation::sandboxRunner();
    }
    options.dropLastBatch = a.dropLast;
    const tasks::RecordedScore scored = tasks::scoreRecorded(a.task, a.file, options).value();
    Answer answer;
    answer.json = {{"task", a.task},
                   {"mode", a.mode},
                   {"used", scored.rate.n},
                   {"rows", scored.rows},
                   {"score", scored.rate.value},
                   {"low", scored.rate.low},
                   {"high", scored.rate.high}};
    answer.text = rateText(a.task + " (" + a.mode + ")", scored.rate);
    if (scored.rate.n < scored.rows) {
        answer.text += std::to_string(scored.rate.n) + " of " + std::to_string(scored.rows) +
                       " rows used: the last batch of 64 is not full and the reference drops it\n";
    }
    for (const tasks::RecordedSide& side : scored.sides) {
        answer.json["sides"][side.metric] = rateJson(side.rate);
        answer.text += rateText("  " + side.metric, side.rate);
    }
    answer.json["results"] = nlohmann::ordered_json::array();
    for (const tasks::RecordedResult& result : scored.results) {
        nlohmann::ordered_json entry{{"extracted", result.extracted}, {"correct", result.correct}};
        if (!result.side.empty()) {
            entry["side"] = result.side;
        }
        answer.json["results"].push_back(std::move(entry));
    }
    return answer;
}

/// The prompts whose generations would be scored: the reference's, byte for byte, or in strict mode the plain rows.
Answer prompts(const ScoreArguments& a)
{
    Answer answer;
    answer.json = {{"task", a.task}, {"mode", a.mode}, {"prompts", nlohmann::ordered_json::array()}};
    for (const tasks::EvaluationSide& side : tasks::loadEvaluation(a.task, {a.data}).value()) {
        for (const tasks::EvaluationRow& row : side.rows) {
            const std::string prompt = modeOf(a.mode) == tasks::ScoringMode::Reference
                                           ? tasks::referencePrompt(side.judge, row)
                                           : tasks::renderPrompt(row.row, experiment::PromptTemplate::Plain, {});
            nlohmann::ordered_json entry{{"id", row.id}, {"prompt", prompt}, {"expected", row.expected}};
            if (side.judge == tasks::Judge::Refusal) {
                entry["side"] = side.higherIsBetter ? "harmful" : "benign";
            }
            answer.text += entry.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
            answer.json["prompts"].push_back(std::move(entry));
        }
    }
    return answer;
}

Answer scoreOrPrompts(const ScoreArguments& a)
{
    if (a.prompts != a.file.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --file and --prompts is needed",
                        "name the recorded generations, or ask for the prompts");
    }
    return a.prompts ? prompts(a) : score(a);
}

} // namespace

void addScoreCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<ScoreArguments>();
    CLI::App* command = addCommand(app, context, "score", "Judge recorded generations of a task",
                                   [a] { return guard([&] { return scoreOrPrompts(*a); }); });
    command->add_option("--task", a->task, "Starter task, or a published set: boolq … obqa, gsm8k, humaneval, safety-prompts")
        ->required();
    command->add_option("--file", a->file, R"(Rows {"prompt","text","expected"}; text = what was generated)");
    command
        ->add_option("--mode", a->mode,
                     "strict: the answer as a careful reader takes it; reference: the reference's rules on prompt + text")
        ->check(CLI::IsMember({"strict", "reference"}))
        ->capture_default_str();
    command->add_option("--phrases", a->phrases, "JSON list of the reference's refusal phrases");
    command->add_flag("--drop-last", a->dropLast, "Reference: drop the last batch of 64 unless it is full");
    command->add_flag("--prompts", a->prompts, "Print the task's prompts, one JSON line each, instead of scoring");
    command->add_option("--data", a->data, "Folder of the published sets, for --prompts");
}

} // namespace lori::app
