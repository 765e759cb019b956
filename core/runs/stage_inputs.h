// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/formats/adapter_files.h"
#include "core/jobs/run_folder.h"
#include "core/model/base_model.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace lori::runs {

/// masks/<stage>-mask.safetensors
[[nodiscard]] std::filesystem::path maskFile(const jobs::RunFolder& folder, std::int64_t stage);

/// The adapter a stage starts from: the folder or stage it names; for Mask and LoRI-S else the LoRI-D stage before. Nothing when
/// it begins anew. Throws Exception(InvalidArgument) when a stage that needs one has none.
[[nodiscard]] std::optional<std::filesystem::path> sourceAdapter(const jobs::RunFolder& folder,
                                                                 const experiment::RunConfig& config, std::int64_t stage);

/// The mask a LoRI-S stage trains under: its own file, the stage it names, or the newest mask before. Throws as readMask.
[[nodiscard]] formats::Mask maskFor(const jobs::RunFolder& folder, const experiment::RunConfig& config, std::int64_t stage);

/// Masks whose entries a Mask stage must leave alone: files, adapter folders and earlier stages. Throws as readMask.
[[nodiscard]] std::vector<formats::Mask> masksToAvoid(const jobs::RunFolder& folder, const experiment::RunConfig& config,
                                                      std::int64_t stage);

/// The method of a training stage as it stands before its first step: what a checkpoint's values are put into.
[[nodiscard]] std::unique_ptr<adapters::Method> makeMethod(const std::shared_ptr<const model::BaseModel>& base,
                                                           const jobs::RunFolder& folder, const experiment::RunConfig& config,
                                                           std::int64_t stage);

} // namespace lori::runs
