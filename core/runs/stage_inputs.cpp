// SPDX-License-Identifier: Apache-2.0
#include "core/runs/stage_inputs.h"

#include "core/adapters/method_choice.h"
#include "core/analysis/mask_source.h"

namespace lori::runs {

using experiment::StageConfig;
using experiment::StageKind;
using experiment::StageStart;

namespace {

const StageConfig& configOf(const experiment::RunConfig& config, std::int64_t stage)
{
    return config.stages[static_cast<std::size_t>(stage)];
}

std::string place(std::int64_t stage, const char* field)
{
    return "stages[" + std::to_string(stage) + "]" + field;
}

/// The newest stage before `stage` whose kind `fits`, −1 when there is none.
template <typename Fits>
std::int64_t newestBefore(const experiment::RunConfig& config, std::int64_t stage, const Fits& fits)
{
    while (--stage >= 0 && !fits(configOf(config, stage).kind)) {
    }
    return stage;
}

} // namespace

std::filesystem::path maskFile(const jobs::RunFolder& folder, std::int64_t stage)
{
    return folder.masks() / (std::to_string(stage) + "-mask.safetensors");
}

std::optional<std::filesystem::path> sourceAdapter(const jobs::RunFolder& folder, const experiment::RunConfig& config,
                                                   std::int64_t stage)
{
    const StageConfig& own = configOf(config, stage);
    if (!own.fromAdapter.empty()) {
        return std::filesystem::path(own.fromAdapter);
    }
    const bool needsOne = own.kind == StageKind::Mask || (traitsOf(own.kind).isSparse && own.reuseProjection);
    const std::int64_t source = own.fromStage >= 0 ? own.fromStage
                                : needsOne ? newestBefore(config, stage, [](StageKind k) { return traitsOf(k).isMaskSource; })
                                           : -1;
    if (source >= 0) {
        return folder.adapterFolder(source, configOf(config, source).kind);
    }
    if (needsOne) {
        throw Exception(ErrorCode::InvalidArgument, "no earlier stage makes the adapter that this stage starts from",
                        "put a LoRI-D stage before it or name an adapter", place(stage, ".fromAdapter"));
    }
    return std::nullopt;
}

formats::Mask maskFor(const jobs::RunFolder& folder, const experiment::RunConfig& config, std::int64_t stage)
{
    const StageConfig& own = configOf(config, stage);
    if (!own.maskFile.empty()) {
        return formats::readMask(own.maskFile).value();
    }
    const std::int64_t source =
        own.maskStage >= 0 ? own.maskStage : newestBefore(config, stage, [](StageKind k) { return k == StageKind::Mask; });
    if (source < 0) {
        throw Exception(ErrorCode::InvalidArgument, "no earlier stage makes a mask", "put a mask stage before LoRI-S",
                        place(stage, ""));
    }
    return formats::readMask(maskFile(folder, source)).value();
}

std::vector<formats::Mask> masksToAvoid(const jobs::RunFolder& folder, const experiment::RunConfig& config, std::int64_t stage)
{
    const experiment::MaskConfig& own = configOf(config, stage).mask;
    std::vector<formats::Mask> masks;
    for (const std::string& path : own.avoid) {
        masks.push_back(analysis::readMaskSource(path).value());
    }
    for (const std::int64_t earlier : own.avoidStages) {
        masks.push_back(formats::readMask(maskFile(folder, earlier)).value());
    }
    return masks;
}

std::unique_ptr<adapters::Method> makeMethod(const std::shared_ptr<const model::BaseModel>& base, const jobs::RunFolder& folder,
                                             const experiment::RunConfig& config, std::int64_t stage)
{
    const StageConfig& own = configOf(config, stage);
    const auto source = sourceAdapter(folder, config, stage);
    std::unique_ptr<adapters::Method> method;
    if (source) {
        method = adapters::loadMethod(own.kind, base, *source, own.start).value();
    } else {
        experiment::AdapterConfig adapter = config.adapter;
        if (traitsOf(own.kind).isSparse) {
            // The reference draws a new A for LoRI-S (method.md §5 no. 1); ours has a seed of its own, so it can be drawn again.
            adapter.projectionSeed += 1 + static_cast<std::uint64_t>(stage);
        }
        method = adapters::createMethod(own.kind, base, adapter).value();
    }
    if (traitsOf(own.kind).isSparse) {
        adapters::applyMask(*method, maskFor(folder, config, stage)).value();
    }
    return method;
}

} // namespace lori::runs
