// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/formats/adapter_files.h"
#include "core/runs/run_context.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace lori::runs {

/// masks/<stage>-mask.safetensors
[[nodiscard]] std::filesystem::path maskFile(const RunContext& run, std::int64_t stage);

/// The adapter a stage starts from: the folder or stage it names; for Mask and LoRI-S else the LoRI-D stage before. Nothing when
/// it begins anew. Throws Exception(InvalidArgument) when a stage that needs one has none.
[[nodiscard]] std::optional<std::filesystem::path> sourceAdapter(const RunContext& run, std::int64_t stage);

/// The mask a LoRI-S stage trains under: its own file, the stage it names, or the newest mask before. Throws as readMask.
[[nodiscard]] formats::Mask maskFor(const RunContext& run, std::int64_t stage);

/// Masks whose entries a Mask stage must leave alone: files, adapter folders and earlier stages. Throws as readMask.
[[nodiscard]] std::vector<formats::Mask> masksToAvoid(const RunContext& run, std::int64_t stage);

/// The method of a training stage as it stands before its first step.
[[nodiscard]] std::unique_ptr<adapters::Method> makeMethod(const RunContext& run, std::int64_t stage);

} // namespace lori::runs
