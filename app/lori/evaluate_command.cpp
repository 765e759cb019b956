// SPDX-License-Identifier: Apache-2.0
#include "app/lori/opened_model.h"
#include "app/lori/progress_line.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/sandbox_runner.h"
#include "core/experiment/config_words.h"

#include <array>
#include <cstdio>

namespace lori::app {

namespace {

struct EvaluateArguments {
    ModelOptions model;
    std::string task;
    evaluation::EvaluateOptions options;
    std::string data;
    std::string how = "generate";
    std::string mode = "strict";
    std::string phrases;
    std::string promptTemplate = "chat";
    bool items = false;
    bool phrasesAlone = false;
};

evaluation::EvaluateOptions optionsOf(const EvaluateArguments& a)
{
    evaluation::EvaluateOptions options = a.options;
    options.data = {a.data};
    options.how = a.how == "loglikelihood" ? experiment::EvaluationHow::LogLikelihood : experiment::EvaluationHow::Generate;
    options.scoring.mode = a.mode == "reference" ? experiment::ScoringMode::Reference : experiment::ScoringMode::Strict;
    options.scoring.phrases = a.phrases;
    if (tasks::runsPrograms(a.task)) {
        options.scoring.runner = evaluation::sandboxRunner();
    }
    options.promptTemplate = experiment::fromWord<experiment::PromptTemplate>(a.promptTemplate).value();
    return options;
}

nlohmann::ordered_json itemJson(const evaluation::Item& item)
{
    nlohmann::ordered_json json{{"id", item.id},
                                {"prompt", item.prompt},
                                {"expected", item.expected},
                                {"answer", item.answer},
                                {"extracted", item.verdict.extracted},
                                {"hit", item.verdict.hit}};
    for (const evaluation::OptionScore& option : item.options) {
        json["options"].push_back(
            {{"option", option.option}, {"logProbability", option.logProbability}, {"tokens", option.tokens}});
    }
    if (item.second) {
        json["secondHit"] = item.second->hit;
        json["leaning"] = item.second->leaning;
    }
    return json;
}

Answer evaluate(const Context& context, const EvaluateArguments& a)
{
    evaluation::EvaluateOptions options = optionsOf(a); // whether there is a sandbox, before a model is opened
    const OpenedModel opened = openModel(context, a.model).value();
    if (opened.adapter && opened.base->weightType() == model::WeightType::F32) { // folding would undo what 16-bit weights save
        opened.adapter->prepareInference();
    }
    const model::Decoder base(opened.base, nullptr);
    options.secondScorer = a.phrasesAlone ? nullptr : &base;
    ProgressLine line;
    const auto begin = std::chrono::steady_clock::now();
    const auto scores =
        evaluation::evaluateTask(*opened.decoder, *opened.tokenizer, a.task, options, [&](std::int64_t done, std::int64_t total) {
            const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
            line.show("evaluating " + a.task, done, total,
                      done > 0 ? elapsed.count() * static_cast<double>(total - done) / static_cast<double>(done) : -1);
            return true;
        }).value();
    line.clear();
    Answer answer;
    answer.json["task"] = a.task;
    answer.json["how"] = a.how;
    answer.json["mode"] = a.mode;
    answer.json["scores"] = nlohmann::ordered_json::object();
    for (const evaluation::SideScore& score : scores) {
        nlohmann::ordered_json entry{{"value", score.rate.value},
                                     {"low", score.rate.low},
                                     {"high", score.rate.high},
                                     {"hits", score.rate.hits},
                                     {"n", score.rate.n},
                                     {"available", score.available},
                                     {"higherIsBetter", score.higherIsBetter}};
        if (score.isSecond) {
            entry["second"] = true;
        }
        if (a.items) {
            entry["items"] = nlohmann::ordered_json::array();
            for (const evaluation::Item& item : score.items) {
                entry["items"].push_back(itemJson(item));
            }
        }
        answer.json["scores"][score.metric] = std::move(entry);
        const std::string part = score.rate.n < score.available ? " (" + std::to_string(score.available) + " available)" : "";
        std::array<char, 160> text{};
        std::snprintf(text.data(), text.size(), "%s: %.1f %% [%.1f–%.1f], %lld of %lld%s\n", score.metric.c_str(),
                      100 * score.rate.value, // NOLINT
                      100 * score.rate.low, 100 * score.rate.high, static_cast<long long>(score.rate.hits),
                      static_cast<long long>(score.rate.n), part.c_str());
        answer.text += text.data();
    }
    return answer;
}

} // namespace

void addEvaluateCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<EvaluateArguments>();
    a->options.batchRows = 32;
    CLI::App* command = addCommand(app, context, "evaluate", "Score a model, with an adapter if named, on a task",
                                   [a, &context] { return guard([&] { return evaluate(context, *a); }); });
    a->model.addTo(*command, true);
    command
        ->add_option("--task", a->task,
                     "Starter task (safety, maths, language) or published set (boolq, piqa, siqa, hellaswag, winogrande, arc-e, "
                     "arc-c, obqa, nlu, gsm8k, humaneval, safety-prompts)")
        ->required();
    command->add_option("--data", a->data, "Folder of the published sets");
    command->add_option("--how", a->how, "Choice tasks: generate an answer, or take the likeliest option")
        ->check(CLI::IsMember({"generate", "loglikelihood"}))
        ->capture_default_str();
    command->add_option("--mode", a->mode, "strict: the answer alone; reference: the reference's prompts and rules")
        ->check(CLI::IsMember({"strict", "reference"}))
        ->capture_default_str();
    command
        ->add_option("--template", a->promptTemplate,
                     "Prompt of strict mode: " + experiment::wordList<experiment::PromptTemplate>())
        ->capture_default_str();
    command->add_flag("--add-bos", a->options.addBos,
                      "Begin prompts with the model's start token, as training with data.addBos does");
    command->add_option("--phrases", a->phrases, "Reference and safety: JSON list of its refusal phrases");
    command->add_flag("--drop-last", a->options.dropLastBatch, "Reference: drop the last batch of 64 unless it is full");
    command->add_option("--samples", a->options.samples, "Answers a row; more than one are drawn and give pass@1, 5, 10")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--seed", a->options.sampleSeed, "Of drawn answers")->capture_default_str();
    command->add_option("--limit", a->options.limit, "First rows of each side, 0 = all")->check(CLI::NonNegativeNumber);
    command->add_option("--max-new", a->options.maxNewTokens, "New tokens at most")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--batch", a->options.batchRows, "Prompts at a time")->check(CLI::Range(1, 4096))->capture_default_str();
    command->add_flag("--phrases-alone", a->phrasesAlone,
                      "Safety: leave out the second scorer, the base model's likelihood of refusing");
    command->add_flag("--items", a->items, "Put every answer into the JSON");
}

} // namespace lori::app
