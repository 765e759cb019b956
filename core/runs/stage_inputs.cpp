// SPDX-License-Identifier: Apache-2.0
#include "core/runs/stage_inputs.h"

#include "core/adapters/method_choice.h"
#include "core/analysis/mask_source.h"

namespace lori::runs {

using experiment::StageConfig;
using experiment::StageKind;
using experiment::StageStart;

namespace {

const StageConfig& configOf(const RunContext& run, std::int64_t stage)
{
    return run.config.stages[static_cast<std::size_t>(stage)];
}

std::string place(std::int64_t stage, const char* field)
{
    return "stages[" + std::to_string(stage) + "]" + field;
}

/// The newest stage of `kind` before `stage`, −1 when there is none.
std::int64_t newestBefore(const RunContext& run, std::int64_t stage, StageKind kind)
{
    while (--stage >= 0 && configOf(run, stage).kind != kind) {
    }
    return stage;
}

} // namespace

std::filesystem::path maskFile(const RunContext& run, std::int64_t stage)
{
    return run.folder.masks() / (std::to_string(stage) + "-mask.safetensors");
}

std::optional<std::filesystem::path> sourceAdapter(const RunContext& run, std::int64_t stage)
{
    const StageConfig& config = configOf(run, stage);
    if (!config.fromAdapter.empty()) {
        return std::filesystem::path(config.fromAdapter);
    }
    const bool needsOne = config.kind == StageKind::Mask || (config.kind == StageKind::LoriS && config.reuseProjection);
    const std::int64_t source = config.fromStage >= 0 ? config.fromStage
                                : needsOne            ? newestBefore(run, stage, StageKind::LoriD)
                                                      : -1;
    if (source >= 0) {
        return run.folder.adapterFolder(source, configOf(run, source).kind);
    }
    if (needsOne) {
        throw Exception(ErrorCode::InvalidArgument, "no earlier stage makes the adapter that this stage starts from",
                        "put a LoRI-D stage before it or name an adapter", place(stage, ".fromAdapter"));
    }
    return std::nullopt;
}

formats::Mask maskFor(const RunContext& run, std::int64_t stage)
{
    const StageConfig& config = configOf(run, stage);
    if (!config.maskFile.empty()) {
        return formats::readMask(config.maskFile).value();
    }
    const std::int64_t source = config.maskStage >= 0 ? config.maskStage : newestBefore(run, stage, StageKind::Mask);
    if (source < 0) {
        throw Exception(ErrorCode::InvalidArgument, "no earlier stage makes a mask", "put a mask stage before LoRI-S",
                        place(stage, ""));
    }
    return formats::readMask(maskFile(run, source)).value();
}

std::vector<formats::Mask> masksToAvoid(const RunContext& run, std::int64_t stage)
{
    const experiment::MaskConfig& config = configOf(run, stage).mask;
    std::vector<formats::Mask> masks;
    for (const std::string& path : config.avoid) {
        masks.push_back(analysis::readMaskSource(path).value());
    }
    for (const std::int64_t earlier : config.avoidStages) {
        masks.push_back(formats::readMask(maskFile(run, earlier)).value());
    }
    return masks;
}

std::unique_ptr<adapters::Method> makeMethod(const RunContext& run, std::int64_t stage)
{
    const StageConfig& config = configOf(run, stage);
    const auto source = sourceAdapter(run, stage);
    std::unique_ptr<adapters::Method> method;
    if (source) {
        method = adapters::loadMethod(config.kind, run.base, *source, config.start).value();
    } else {
        experiment::AdapterConfig adapter = run.config.adapter;
        if (config.kind == StageKind::LoriS) {
            // The reference draws a new A for LoRI-S (method.md §5 no. 1); ours has a seed of its own, so it can be drawn again.
            adapter.projectionSeed += 1 + static_cast<std::uint64_t>(stage);
        }
        method = adapters::createMethod(config.kind, run.base, adapter).value();
    }
    if (config.kind == StageKind::LoriS) {
        adapters::applyMask(*method, maskFor(run, stage)).value();
    }
    return method;
}

} // namespace lori::runs
