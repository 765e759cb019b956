// SPDX-License-Identifier: Apache-2.0
#include "core/serving/run_method.h"

#include "core/adapters/method_choice.h"
#include "core/formats/adapter_files.h"
#include "core/jobs/run_folder.h"
#include "core/runs/resume_state.h"
#include "core/support/sha256.h"
#include "core/training/checkpoint.h"

#include <optional>
#include <string>

namespace lori::serving {

using experiment::RunConfig;
using experiment::StageConfig;
using experiment::StageKind;
using jobs::RunFolder;

namespace {

const StageConfig& stageOf(const RunConfig& config, std::int64_t stage)
{
    return config.stages.at(static_cast<std::size_t>(stage));
}

std::int64_t newestBefore(const RunConfig& config, std::int64_t stage, StageKind kind)
{
    while (--stage >= 0 && stageOf(config, stage).kind != kind) {
    }
    return stage;
}

/// The adapter that a training stage began from, as core/runs finds it (stage_inputs.h).
std::optional<std::filesystem::path> startOf(const RunFolder& folder, const RunConfig& config, std::int64_t stage)
{
    const StageConfig& s = stageOf(config, stage);
    if (!s.fromAdapter.empty()) {
        return std::filesystem::path(s.fromAdapter);
    }
    const bool needsOne = s.kind == StageKind::LoriS && s.reuseProjection;
    const std::int64_t source = s.fromStage >= 0 ? s.fromStage : needsOne ? newestBefore(config, stage, StageKind::LoriD) : -1;
    return source >= 0 ? std::optional(folder.adapterFolder(source, stageOf(config, source).kind)) : std::nullopt;
}

formats::Mask maskOf(const RunFolder& folder, const RunConfig& config, std::int64_t stage)
{
    const StageConfig& s = stageOf(config, stage);
    if (!s.maskFile.empty()) {
        return formats::readMask(s.maskFile).value();
    }
    const std::int64_t source = s.maskStage >= 0 ? s.maskStage : newestBefore(config, stage, StageKind::Mask);
    return formats::readMask(folder.masks() / (std::to_string(source) + "-mask.safetensors")).value();
}

/// The method of a stage before its first step: what a checkpoint's values are put into.
std::unique_ptr<adapters::Method> beginningOf(const std::shared_ptr<const model::BaseModel>& base, const RunFolder& folder,
                                              const RunConfig& config, std::int64_t stage)
{
    const StageConfig& s = stageOf(config, stage);
    std::unique_ptr<adapters::Method> method;
    if (const auto source = startOf(folder, config, stage)) {
        method = adapters::loadMethod(s.kind, base, *source, s.start).value();
    } else {
        experiment::AdapterConfig adapter = config.adapter;
        if (s.kind == StageKind::LoriS) {
            adapter.projectionSeed += 1 + static_cast<std::uint64_t>(stage);
        }
        method = adapters::createMethod(s.kind, base, adapter).value();
    }
    if (s.kind == StageKind::LoriS) {
        adapters::applyMask(*method, maskOf(folder, config, stage)).value();
    }
    return method;
}

} // namespace

RunMethod methodOfRun(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& runFolder)
{
    const RunFolder folder = RunFolder::open({}, std::filesystem::absolute(runFolder).string()).value();
    const std::string begunWith = runs::readResumeState(folder).value().baseFingerprint;
    if (!begunWith.empty() && begunWith != base->fingerprint()) {
        throw Exception(ErrorCode::Mismatch, "this run trains another base model", "open it with the model that it trains",
                        runFolder.string());
    }
    const auto checkpoint = training::newestCheckpoint(folder.checkpoints());
    if (!checkpoint) {
        throw Exception(ErrorCode::NotFound, "this run has no checkpoint yet", "ask it for one, or pause it after its first step",
                        runFolder.string());
    }
    const RunConfig config = folder.config().value();
    const training::CheckpointPosition& position = checkpoint->position;
    if (position.configHash != sha256OfFile(folder.path() / "config.json").value() || position.stage < 0 ||
        position.stage >= static_cast<std::int64_t>(config.stages.size())) {
        throw Exception(ErrorCode::Mismatch, "the checkpoint was made with another configuration than the run has now",
                        "put the configuration back", checkpoint->file.string());
    }
    RunMethod run{beginningOf(base, folder, config, position.stage), position.stage, position.step};
    training::Optimizer optimizer(config.optimizer, run.method->parameters());
    training::restoreCheckpoint(checkpoint->file, *run.method, optimizer).value();
    return run;
}

} // namespace lori::serving
