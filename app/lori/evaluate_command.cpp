// SPDX-License-Identifier: Apache-2.0
#include "app/lori/job_session.h"
#include "app/lori/model_options.h"
#include "app/lori/queueing.h"
#include "core/experiment/config_words.h"
#include "core/experiment/published_sets.h"
#include "core/support/files.h"

#include <sstream>

namespace lori::app {

namespace {

struct EvaluateArguments {
    ModelOptions model;
    workers::EvaluateOptions options;
    bool items = false;
};

/// Puts the rows that the job kept beside each score into the answer.
void addItems(const std::filesystem::path& folder, Answer& answer)
{
    for (auto& [metric, score] : answer.json["scores"].items()) {
        if (!score.contains("itemsFile")) {
            continue;
        }
        score["items"] = nlohmann::ordered_json::array();
        std::istringstream lines(readTextFile(folder / score["itemsFile"].get<std::string>()).value());
        for (std::string line; std::getline(lines, line);) {
            score["items"].push_back(nlohmann::ordered_json::parse(line));
        }
    }
}

Result<Answer> evaluate(const Context& context, const EvaluateArguments& a)
{
    workers::EvaluateOptions options = a.options;
    options.model = a.model;
    options.model.model = absolutePath(options.model.model);
    options.model.adapter = absolutePath(options.model.adapter);
    options.data = absolutePath(options.data);
    options.phrases = absolutePath(options.phrases);
    const std::string name = options.task + (options.model.adapter.empty() ? " of the base model" : "");
    auto answer = workAsJob(context, "evaluate", name, events::fieldsOf(options));
    if (!answer || !a.items || context.queue.asked) {
        return answer;
    }
    return guard([&] {
        addItems(context.home.jobs() / answer->json["job"].get<std::string>(), *answer);
        return *answer;
    });
}

std::string publishedNames()
{
    std::string names(experiment::kNlu);
    for (const experiment::PublishedSet& set : experiment::publishedSets()) {
        names += ", " + set.name;
    }
    return names;
}

} // namespace

void addEvaluateCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<EvaluateArguments>();
    CLI::App* command = addCommand(app, context, "evaluate", "Score a model, with an adapter if named, on a task",
                                   [a, &context] { return evaluate(context, *a); });
    a->model.addTo(*command, true);
    command
        ->add_option("--task", a->options.task,
                     "Starter task (safety, maths, language) or published set (" + publishedNames() + ")")
        ->required();
    command->add_option("--data", a->options.data, "Folder of the published sets");
    command->add_option("--how", a->options.how, "Choice tasks: generate an answer, or take the likeliest option")
        ->check(CLI::IsMember({"generate", "loglikelihood"}))
        ->capture_default_str();
    command->add_option("--mode", a->options.mode, "strict: the answer alone; reference: the reference's prompts and rules")
        ->check(CLI::IsMember({"strict", "reference"}))
        ->capture_default_str();
    command
        ->add_option("--template", a->options.promptTemplate,
                     "Prompt of strict mode: " + experiment::wordList<experiment::PromptTemplate>())
        ->capture_default_str();
    command->add_flag("--add-bos", a->options.addBos,
                      "Begin prompts with the model's start token, as training with data.addBos does");
    command->add_option("--phrases", a->options.phrases, "Reference and safety: JSON list of its refusal phrases");
    command->add_flag("--drop-last", a->options.dropLastBatch, "Reference: drop the last batch of 64 unless it is full");
    command->add_option("--samples", a->options.samples, "Answers a row; more than one are drawn and give pass@1, 5, 10")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--seed", a->options.seed, "Of drawn answers")->capture_default_str();
    command->add_option("--limit", a->options.limit, "First rows of each side, 0 = all")->check(CLI::NonNegativeNumber);
    command->add_option("--max-new", a->options.maxNewTokens, "New tokens at most")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--batch", a->options.batchRows, "Prompts at a time")->check(CLI::Range(1, 4096))->capture_default_str();
    command->add_flag("--phrases-alone", a->options.phrasesAlone,
                      "Safety: leave out the second scorer, the base model's likelihood of refusing");
    command->add_flag("--items", a->items, "Put every answer into the JSON");
    addQueueOptions(*command, context);
}

} // namespace lori::app
