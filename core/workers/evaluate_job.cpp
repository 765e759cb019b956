// SPDX-License-Identifier: Apache-2.0
#include "core/workers/evaluate_job.h"
#include "core/support/home.h"

#include "core/evaluation/sandbox_runner.h"
#include "core/experiment/config_words.h"
#include "core/formats/model_files.h"
#include "core/support/files.h"
#include "core/workers/opened_model.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lori::workers {

namespace {

/// Throws unless `word` is one of `words`.
void requireWord(const std::string& word, const std::vector<std::string>& words, const char* field)
{
    if (std::find(words.begin(), words.end(), word) == words.end()) {
        std::string known;
        for (const std::string& each : words) {
            known.append(known.empty() ? "" : ", ").append(each);
        }
        throw Exception(ErrorCode::InvalidArgument, "'" + word + "' is not known", "one of " + known, field);
    }
}

nlohmann::ordered_json jsonOf(const evaluation::SideScore& score)
{
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
    return entry;
}

std::string textOf(const evaluation::SideScore& score)
{
    const std::string part = score.rate.n < score.available ? " (" + std::to_string(score.available) + " available)" : "";
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), "%s: %.1f %% [%.1f–%.1f], %lld of %lld%s\n", score.metric.c_str(), // NOLINT
                  100 * score.rate.value, 100 * score.rate.low, 100 * score.rate.high, static_cast<long long>(score.rate.hits),
                  static_cast<long long>(score.rate.n), part.c_str());
    return text.data();
}

/// Path of the rows relative to the job's folder; "" for scores that have none of their own.
std::string writeItems(const jobs::JobFolder& folder, const std::string& task, const evaluation::SideScore& score)
{
    if (score.items.empty()) {
        return {};
    }
    std::filesystem::create_directory(folder.items());
    const std::string name = task + "-" + score.metric + ".jsonl";
    writeFileAtomically(folder.items() / name, evaluation::itemLines(score.items)).value();
    return "items/" + name;
}

} // namespace

EvaluateJob::EvaluateJob(Home home, EvaluateOptions options) : m_home(std::move(home)), m_options(std::move(options))
{
    requireWord(m_options.how, {"generate", "loglikelihood"}, "how");
    requireWord(m_options.mode, {"strict", "reference"}, "mode");
    if (!experiment::fromWord<experiment::PromptTemplate>(m_options.promptTemplate)) {
        throw Exception(ErrorCode::InvalidArgument, "'" + m_options.promptTemplate + "' is not known",
                        "one of " + experiment::wordList<experiment::PromptTemplate>(), "promptTemplate");
    }
}

evaluation::EvaluateOptions EvaluateJob::options() const
{
    const EvaluateOptions& o = m_options;
    evaluation::EvaluateOptions options;
    options.promptTemplate = experiment::fromWord<experiment::PromptTemplate>(o.promptTemplate).value();
    options.addBos = o.addBos;
    options.limit = o.limit;
    options.maxNewTokens = o.maxNewTokens;
    options.batchRows = o.batchRows;
    options.data = {o.data};
    options.how = o.how == "loglikelihood" ? experiment::EvaluationHow::LogLikelihood : experiment::EvaluationHow::Generate;
    options.scoring.mode = o.mode == "reference" ? experiment::ScoringMode::Reference : experiment::ScoringMode::Strict;
    options.scoring.phrases = o.phrases;
    if (tasks::runsPrograms(o.task)) {
        options.scoring.runner = evaluation::sandboxRunner();
    }
    options.dropLastBatch = o.dropLastBatch;
    options.samples = o.samples;
    options.sampleSeed = static_cast<std::uint64_t>(o.seed);
    return options;
}

jobs::JobPlan EvaluateJob::plan()
{
    const std::int64_t prompts = evaluation::countPrompts(m_options.task, options()).value(); // also: is there a sandbox
    static_cast<void>(formats::resolveModel(m_home.root, m_options.model.model).value());
    return {.what = "answers " + std::to_string(prompts) + " prompts of " + m_options.task, .writes = {}, .notes = {}};
}

jobs::JobResult EvaluateJob::work(jobs::JobContext& context)
{
    evaluation::EvaluateOptions options = this->options(); // whether there is a sandbox, before a model is opened
    const OpenedModel opened = openModel(m_home, m_options.model).value();
    opened.prepareAnswers();
    const model::Decoder base(opened.base, nullptr);
    options.secondScorer = m_options.phrasesAlone ? nullptr : &base;
    const auto scored = evaluation::evaluateTask(
        *opened.decoder, *opened.tokenizer, m_options.task, options,
        [&](std::int64_t done, std::int64_t total) { return context.goOn("evaluating " + m_options.task, done, total); });
    context.rethrow();
    jobs::JobResult result;
    result.json = {{"task", m_options.task}, {"how", m_options.how}, {"mode", m_options.mode}};
    result.json["scores"] = nlohmann::ordered_json::object();
    for (const evaluation::SideScore& score : scored.value()) {
        const std::string items = writeItems(context.folder(), m_options.task, score);
        context.score({.stage = -1,
                       .task = m_options.task,
                       .metric = score.metric,
                       .value = score.rate.value,
                       .low = score.rate.low,
                       .high = score.rate.high,
                       .hits = score.rate.hits,
                       .n = score.rate.n,
                       .higherIsBetter = score.higherIsBetter,
                       .items = items,
                       .second = score.isSecond ? std::optional(true) : std::nullopt});
        result.json["scores"][score.metric] = jsonOf(score);
        if (!items.empty()) {
            result.json["scores"][score.metric]["itemsFile"] = items;
        }
        result.text += textOf(score);
    }
    return result;
}

} // namespace lori::workers
