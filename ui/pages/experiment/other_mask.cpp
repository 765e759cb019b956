// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/choices.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace lori::ui {

using experiment::RunConfig;
using experiment::StageConfig;
using experiment::StageKind;

namespace {

/// The stage that made adapter/<stage>-<kind>; -1 for another folder.
std::int64_t stageOf(const RunConfig& config, const std::filesystem::path& adapter)
{
    const std::string name = adapter.filename().string();
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        if (name == std::to_string(i) + "-" + std::string(experiment::stageKindName(config.stages[i].kind))) {
            return static_cast<std::int64_t>(i);
        }
    }
    return -1;
}

/// The first stage after `from` of a kind; the number of stages when there is none before the next LoRI-D.
std::size_t nextOf(const std::vector<StageConfig>& stages, std::size_t from, StageKind kind)
{
    for (std::size_t i = from + 1; i < stages.size() && stages[i].kind != StageKind::LoriD; ++i) {
        if (stages[i].kind == kind) {
            return i;
        }
    }
    return stages.size();
}

} // namespace

std::optional<OtherMask> withOtherMask(const RunConfig& config, const std::filesystem::path& run,
                                       const std::filesystem::path& adapter, double sparsity, experiment::MaskScope scope)
{
    const std::int64_t made = stageOf(config, adapter);
    if (made < 0 || config.stages[static_cast<std::size_t>(made)].kind != StageKind::LoriD) {
        return std::nullopt;
    }
    const auto dense = static_cast<std::size_t>(made);
    const std::size_t maskAt = nextOf(config.stages, dense, StageKind::Mask);
    const std::size_t sparseAt = nextOf(config.stages, dense, StageKind::LoriS);
    RunConfig sparseChain; // what a person gets who asks for a sparse adapter after this dense one
    sparseChain.stages = {config.stages[dense]};
    setGoal(sparseChain, Goal::Sparse);
    StageConfig mask = maskAt < config.stages.size() ? config.stages[maskAt] : sparseChain.stages[1];
    StageConfig sparse = sparseAt < config.stages.size() ? config.stages[sparseAt] : sparseChain.stages[2];
    for (StageConfig* stage : {&mask, &sparse}) {
        stage->fromStage = -1; // those stages are not in the copy
        stage->fromAdapter = adapter.string();
    }
    sparse.maskStage = -1;
    sparse.maskFile.clear();
    if (!sparse.reuseProjection) { // it draws an A of its own, as it did
        sparse.fromAdapter.clear();
    }
    for (const std::int64_t stage : mask.mask.avoidStages) {
        mask.mask.avoid.push_back((run / "masks" / (std::to_string(stage) + "-mask.safetensors")).string());
    }
    mask.mask.avoidStages.clear();

    OtherMask copy;
    copy.base = config;
    copy.base.stages = {mask, sparse};
    copy.base.parentRun = run.filename().string();
    copy.changed = copy.base;
    copy.changed.stages[0].mask.sparsity = sparsity;
    copy.changed.stages[0].mask.scope = scope;
    copy.changed.name = QCoreApplication::translate("OtherMask", "%1, sparsity %2", "name of a run")
                            .arg(QString::fromStdString(config.name), Text::percent(sparsity, 1))
                            .toStdString();
    return copy;
}

} // namespace lori::ui
