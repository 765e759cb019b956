// SPDX-License-Identifier: Apache-2.0
#include "core/workers/measure_job.h"

#include "core/evaluation/task_options.h"
#include "core/experiment/estimate.h"
#include "core/formats/model_files.h"
#include "core/workers/text_line.h"

#include <array>
#include <cstdio>

namespace lori::workers {

using experiment::RecipeMeasure;

namespace {

constexpr double kRowTokens = 150; // of a row whose loss is measured, assumed
constexpr double kLossRows = 8;    // rows whose loss is measured at a time

std::int64_t promptsOf(const RecipeMeasure& measure, const experiment::EvaluationTask& task)
{
    evaluation::EvaluateOptions options = evaluation::optionsFor(task);
    options.data = {measure.folder};
    return evaluation::countPrompts(task.task, options).value();
}

std::string textOf(const nlohmann::json& result)
{
    std::string text;
    for (const auto& [name, score] : result["scores"].items()) {
        text += name + textLine(": %.1f %% [%.1f–%.1f] of %lld\n", 100 * score["value"].get<double>(),
                                100 * score["low"].get<double>(), 100 * score["high"].get<double>(), score["n"].get<long long>());
    }
    for (const auto& [name, loss] : result["losses"].items()) {
        text +=
            "loss." + name + textLine(": %.4f over %lld tokens\n", loss["value"].get<double>(), loss["tokens"].get<long long>());
    }
    return text;
}

} // namespace

MeasureJob::MeasureJob(Home home, RecipeMeasure measure, std::shared_ptr<recipes::Measurer> measurer)
    : m_home(std::move(home)),
      m_measure(std::move(measure)),
      m_measurer(measurer ? std::move(measurer) : std::make_shared<recipes::Measurer>(m_home))
{
}

jobs::JobPlan MeasureJob::plan()
{
    const std::filesystem::path path = formats::resolveModel(m_home.root, m_measure.model).value();
    const experiment::ModelShape shape = formats::readModelConfig(path).value().shape;
    experiment::RunConfig like;
    like.device = m_measure.device;
    like.weights = m_measure.weights;
    like.evaluation.batchRows = m_measure.batchRows;
    const experiment::MachineSpeed speed = experiment::SpeedBook::load(m_home).speedFor(like, shape, kRowTokens * kLossRows);
    jobs::JobPlan plan;
    plan.what = "measures " + m_measure.model + (m_measure.adapter.empty() ? "" : " with an adapter");
    plan.seconds = 0;
    for (const experiment::EvaluationTask& task : m_measure.tasks) {
        const auto prompts = static_cast<double>(promptsOf(m_measure, task));
        plan.seconds +=
            task.how == experiment::EvaluationHow::Generate
                ? experiment::generationFlops(shape, static_cast<double>(m_measure.maxNewTokens * task.samples) * prompts) /
                      speed.generateFlopsPerSecond
                : experiment::choiceFlops(shape, prompts) / speed.choiceFlopsPerSecond;
    }
    for (const experiment::LossSet& set : m_measure.losses) {
        plan.seconds +=
            experiment::generationFlops(shape, kRowTokens * static_cast<double>(set.rows)) / speed.trainFlopsPerSecond;
    }
    return plan;
}

jobs::JobResult MeasureJob::work(jobs::JobContext& context)
{
    const auto measured = guard([&] {
        return m_measurer->measure(
            m_measure, context.folder().path(),
            [&](const std::string& what, std::int64_t done, std::int64_t total) { return context.goOn(what, done, total); });
    });
    context.rethrow();
    const nlohmann::json& result = measured.value();
    for (const auto& [name, score] : result["scores"].items()) {
        const std::size_t dot = name.find('.');
        context.score({.stage = -1,
                       .task = name.substr(0, dot),
                       .metric = name.substr(dot + 1),
                       .value = score["value"].get<double>(),
                       .low = score["low"].get<double>(),
                       .high = score["high"].get<double>(),
                       .hits = score["hits"].get<std::int64_t>(),
                       .n = score["n"].get<std::int64_t>(),
                       .higherIsBetter = score["higherIsBetter"].get<bool>(),
                       .items = score["items"].get<std::string>()});
    }
    return {result, textOf(result)};
}

} // namespace lori::workers
