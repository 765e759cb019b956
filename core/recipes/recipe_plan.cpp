// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_plan.h"

#include "core/evaluation/task_options.h"
#include "core/experiment/estimate.h"
#include "core/formats/model_files.h"
#include "core/merging/merge_options.h"

#include <map>

namespace lori::recipes {

using experiment::RecipeMeasure;
using experiment::RecipeMerge;
using experiment::RunConfig;

namespace {

constexpr double kSmallStepSeconds = 5; // a merge or an interference of small adapters
constexpr double kRowTokens = 150;
constexpr double kLossRows = 8; // rows whose loss is measured at a time

/// Plans one step after the other; shapes and row counts are looked up once.
class Planner final {
public:
    explicit Planner(const RecipePlaces& places) : m_places(places), m_speeds(experiment::SpeedBook::load(places.home())) {}

    PlannedStep plan(std::size_t step)
    {
        const experiment::RecipeStep& what = m_places.recipe().steps[step];
        PlannedStep planned{what.id, "", m_places.isDone(step), kSmallStepSeconds};
        if (const auto* run = std::get_if<RunConfig>(&what.work)) {
            planned.kind = "train";
            const experiment::ModelShape& shape = shapeOf(run->model);
            planned.seconds =
                experiment::estimate(*run, shape, {}, experiment::machineSpeed(m_places.home(), *run, shape, {})).seconds.value;
            for (const experiment::EvaluationTask& task : run->evaluation.tasks) {
                static_cast<void>(promptsOf(task, run->data.folder));
            }
        } else if (const auto* merge = std::get_if<RecipeMerge>(&what.work)) {
            planned.kind = "merge";
            checkMerge(*merge);
        } else if (const auto* measure = std::get_if<RecipeMeasure>(&what.work)) {
            planned.kind = "measure";
            planned.seconds = secondsOf(*measure);
        } else {
            planned.kind = "interference";
        }
        return planned;
    }

private:
    static void checkMerge(const RecipeMerge& merge)
    {
        static_cast<void>(merging::mergeTypeFromName(merge.method).value());
        static_cast<void>(merging::mergeModeFromName(merge.mode).value());
        if (!merge.preset.empty()) {
            static_cast<void>(merging::presetWeights(merge.preset, merge.adapters.size()).value());
        } else if (merge.weights.size() != merge.adapters.size()) {
            throw Exception(ErrorCode::InvalidArgument,
                            std::to_string(merge.weights.size()) + " weights for " + std::to_string(merge.adapters.size()) +
                                " adapters",
                            "give one for each", "weights");
        }
    }

    double secondsOf(const RecipeMeasure& measure)
    {
        const experiment::ModelShape& shape = shapeOf(measure.model);
        RunConfig like;
        like.device = measure.device;
        like.weights = measure.weights;
        like.evaluation.batchRows = measure.batchRows;
        const experiment::MachineSpeed speed = m_speeds.speedFor(like, shape, kRowTokens * kLossRows);
        double seconds = 0;
        for (const experiment::EvaluationTask& task : measure.tasks) {
            const auto prompts = static_cast<double>(promptsOf(task, measure.folder));
            seconds +=
                task.how == experiment::EvaluationHow::Generate
                    ? experiment::generationFlops(shape, static_cast<double>(measure.maxNewTokens * task.samples) * prompts) /
                          speed.generateFlopsPerSecond
                    : experiment::choiceFlops(shape, prompts) / speed.choiceFlopsPerSecond;
        }
        for (const experiment::LossSet& set : measure.losses) {
            seconds += experiment::generationFlops(shape, kRowTokens * static_cast<double>(set.rows)) / speed.trainFlopsPerSecond;
        }
        return seconds;
    }

    const experiment::ModelShape& shapeOf(const std::string& model)
    {
        const auto known = m_shapes.find(model);
        if (known != m_shapes.end()) {
            return known->second;
        }
        const auto path = formats::resolveModel(m_places.home().root, model).value();
        return m_shapes.emplace(model, formats::readModelConfig(path).value().shape).first->second;
    }

    std::int64_t promptsOf(const experiment::EvaluationTask& task, const std::string& folder)
    {
        const std::string name = task.task + "|" + std::to_string(task.limit) + "|" + std::to_string(task.samples) + "|" + folder;
        const auto known = m_prompts.find(name);
        if (known != m_prompts.end()) {
            return known->second;
        }
        evaluation::EvaluateOptions options = evaluation::optionsFor(task);
        options.data = {folder};
        return m_prompts.emplace(name, evaluation::countPrompts(task.task, options).value()).first->second;
    }

    const RecipePlaces& m_places;
    experiment::SpeedBook m_speeds;
    std::map<std::string, experiment::ModelShape> m_shapes;
    std::map<std::string, std::int64_t> m_prompts;
};

} // namespace

std::vector<PlannedStep> planSteps(const RecipePlaces& places)
{
    Planner planner(places);
    std::vector<PlannedStep> plan;
    for (std::size_t i = 0; i < places.recipe().steps.size(); ++i) {
        auto step = guard([&] { return planner.plan(i); });
        if (!step) {
            Error error = step.error();
            error.where = "step " + places.recipe().steps[i].id + (error.where.empty() ? "" : ", " + error.where);
            throw Exception(error);
        }
        plan.push_back(std::move(*step));
    }
    return plan;
}

} // namespace lori::recipes
