// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_issues.h"

#include <algorithm>
#include <cmath>

namespace lori::experiment {

namespace {

void checkTrainingStage(Issues& issues, const std::string& path, const StageConfig& stage)
{
    issues.positive(path + ".learningRate", stage.learningRate, "values between 1e-5 and 1e-3 are usual");
    for (std::size_t i = 0; i < stage.changes.size(); ++i) {
        const StageChange& change = stage.changes[i];
        const std::string at = place(path + ".changes", i);
        issues.inRange(at + ".step", change.step, i == 0 ? 0 : stage.changes[i - 1].step, kManySteps);
        if (change.what == Setting::LearningRate) {
            issues.positive(at + ".value", change.value, "values between 1e-5 and 1e-3 are usual");
        } else if (std::trunc(change.value) != change.value) {
            issues.add(at + ".value", messages::kNotWhole, {numberText(change.value)});
        } else {
            const double least = change.what == Setting::Steps ? 1 : 0;
            issues.inRange(at + ".value", change.value, least, static_cast<double>(kManySteps));
        }
    }
    issues.inRange(path + ".steps", stage.steps, 0, kManySteps);
    if (stage.steps == 0) {
        if (!(std::isfinite(stage.epochs) && stage.epochs > 0 && stage.epochs <= 10000)) {
            issues.add(path + ".epochs", messages::kEpochsOutsideRange, {numberText(stage.epochs)});
        }
    }
    issues.inRange(path + ".batchTokens", stage.batchTokens, 0, 100 * kManyTokens);
    issues.inRange(path + ".batchRows", stage.batchRows, 1, 65536);
    issues.inRange(path + ".accumulate", stage.accumulate, 1, 65536);
    if (stage.batchTokens == 0 && stage.accumulate > stage.batchRows && stage.batchRows >= 1) {
        issues.add(path + ".accumulate", messages::kAccumulateAboveBatch,
                   {std::to_string(stage.batchRows), std::to_string(stage.accumulate)});
    }
}

/// `index` must name an earlier stage that `fits`; so no chain of stages can come back to itself.
template <typename Fits>
void checkReference(Issues& issues, const RunConfig& config, const std::string& path, std::int64_t index, std::size_t stage,
                    const CodedMessage& otherwise, const Fits& fits)
{
    if (index < 0 || index >= static_cast<std::int64_t>(stage)) {
        issues.add(path, messages::kNotAnEarlierStage, {std::to_string(index)});
    } else if (!fits(config.stages[static_cast<std::size_t>(index)].kind)) {
        const StageKind kind = config.stages[static_cast<std::size_t>(index)].kind;
        issues.add(path, otherwise, {std::to_string(index), std::string(stageTitle(kind))});
    }
}

void checkSourceAdapter(Issues& issues, const RunConfig& config, std::size_t i)
{
    const StageConfig& stage = config.stages[i];
    const std::string path = place("stages", i);
    if (stage.fromStage != -1) {
        checkReference(issues, config, path + ".fromStage", stage.fromStage, i, messages::kWrongSourceStage,
                       [&](StageKind k) { return canStartFrom(stage.kind, k); });
        if (!stage.fromAdapter.empty()) {
            issues.add(path + ".fromStage", messages::kTwoStarts);
        }
    } else if (stage.start == StageStart::Continue && stage.fromAdapter.empty()) {
        issues.add(path + ".start", messages::kNothingToGoOnFrom);
    }
}

void checkMaskStage(Issues& issues, const RunConfig& config, std::size_t i, bool adapterBefore)
{
    const StageConfig& stage = config.stages[i];
    const std::string path = place("stages", i);
    issues.inRange(path + ".mask.sparsity", stage.mask.sparsity, 0.0, 0.999);
    if (!adapterBefore && stage.fromAdapter.empty() && stage.fromStage == -1) {
        issues.add(path, messages::kMaskWithoutB);
    }
    for (std::size_t j = 0; j < stage.mask.avoidStages.size(); ++j) {
        checkReference(issues, config, place(path + ".mask.avoidStages", j), stage.mask.avoidStages[j], i,
                       messages::kNotAMaskStage, [](StageKind k) { return k == StageKind::Mask; });
    }
}

} // namespace

void checkStages(Issues& issues, const RunConfig& config)
{
    bool adapterBefore = false;
    bool maskBefore = false;
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const StageConfig& stage = config.stages[i];
        const std::string path = place("stages", i);
        checkSourceAdapter(issues, config, i);
        if (stage.kind == StageKind::Mask) {
            checkMaskStage(issues, config, i, adapterBefore);
            maskBefore = true;
            continue;
        }
        checkTrainingStage(issues, path, stage);
        for (std::size_t j = 0; j < stage.sources.size(); ++j) {
            checkSource(issues, place(path + ".sources", j), stage.sources[j]);
        }
        const bool isSparse = traitsOf(stage.kind).isSparse;
        if (isSparse && stage.maskStage != -1) {
            checkReference(issues, config, path + ".maskStage", stage.maskStage, i, messages::kNotAMaskStage,
                           [](StageKind k) { return k == StageKind::Mask; });
        } else if (isSparse && !maskBefore && stage.maskFile.empty()) {
            issues.add(path, messages::kNoMask, {std::string(stageTitle(stage.kind))});
        }
        adapterBefore = adapterBefore || traitsOf(stage.kind).isMaskSource;
    }
}

} // namespace lori::experiment
