// SPDX-License-Identifier: Apache-2.0
#include "app/lori/opened_model.h"
#include "app/lori/progress_line.h"
#include "core/evaluation/evaluator.h"

#include <array>
#include <cstdio>

namespace lori::app {

namespace {

struct EvaluateArguments {
    ModelOptions model;
    std::string task;
    evaluation::EvaluateOptions options;
    bool items = false;
};

Answer evaluate(const Context& context, const EvaluateArguments& a)
{
    const OpenedModel opened = openModel(context, a.model).value();
    if (opened.adapter) {
        opened.adapter->prepareInference();
    }
    ProgressLine line;
    const auto begin = std::chrono::steady_clock::now();
    const auto scores =
        evaluation::evaluateTask(
            *opened.decoder, *opened.tokenizer, a.task, a.options,
            [&](std::int64_t done, std::int64_t total) {
                const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
                line.show("evaluating " + a.task, done, total,
                          done > 0 ? elapsed.count() * static_cast<double>(total - done) / static_cast<double>(done) : -1);
                return true;
            })
            .value();
    line.clear();
    Answer answer;
    answer.json["task"] = a.task;
    answer.json["scores"] = nlohmann::ordered_json::object();
    for (const evaluation::SideScore& score : scores) {
        nlohmann::ordered_json entry{{"value", score.rate.value}, {"low", score.rate.low},
                                     {"high", score.rate.high},   {"hits", score.rate.hits},
                                     {"n", score.rate.n},         {"higherIsBetter", score.higherIsBetter}};
        if (a.items) {
            entry["items"] = nlohmann::ordered_json::array();
            for (const evaluation::Item& item : score.items) {
                entry["items"].push_back({{"id", item.id},
                                          {"prompt", item.prompt},
                                          {"expected", item.expected},
                                          {"answer", item.answer},
                                          {"extracted", item.verdict.extracted},
                                          {"hit", item.verdict.hit}});
            }
        }
        answer.json["scores"][score.metric] = std::move(entry);
        std::array<char, 160> text{};
        std::snprintf(text.data(), text.size(), "%s: %.1f %% [%.1f–%.1f], %lld of %lld\n", score.metric.c_str(),
                      100 * score.rate.value, // NOLINT
                      100 * score.rate.low, 100 * score.rate.high, static_cast<long long>(score.rate.hits),
                      static_cast<long long>(score.rate.n));
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
    command->add_option("--task", a->task, "Starter task: safety, maths, language")->required();
    command->add_option("--limit", a->options.limit, "First rows of each side, 0 = all")->check(CLI::NonNegativeNumber);
    command->add_option("--max-new", a->options.maxNewTokens, "New tokens at most")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--batch", a->options.batchRows, "Prompts at a time")->check(CLI::Range(1, 4096))->capture_default_str();
    command->add_flag("--items", a->items, "Put every answer into the JSON");
}

} // namespace lori::app
