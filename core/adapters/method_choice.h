// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/experiment/adapter_config.h"

#include <filesystem>
#include <memory>

namespace lori::adapters {

/// A new method of this kind as it stands before its first step. LoRI-S begins dense: applyMask() makes it sparse.
/// Errors: InvalidArgument for a kind that trains nothing.
[[nodiscard]] Result<std::unique_ptr<Method>>
createMethod(experiment::StageKind kind, std::shared_ptr<const model::BaseModel> base, const experiment::AdapterConfig& config);

/// A method of this kind from a folder. Fresh takes only what was drawn (A), or where nothing is drawn the modules
/// alone (IA3), or nothing (full).
/// Errors: those of the method's own load().
[[nodiscard]] Result<std::unique_ptr<Method>> loadMethod(experiment::StageKind kind, std::shared_ptr<const model::BaseModel> base,
                                                         const std::filesystem::path& folder, experiment::StageStart start);

/// Makes a LoRI method sparse. Errors: those of LoriAdapter::applyMask; InvalidArgument for another method.
[[nodiscard]] Result<void> applyMask(Method& method, const formats::Mask& mask);

/// Whatever lies in the folder, ready to be run: LoRA, LoRI, DoRA, IA3, or a fully fine-tuned model of the same shape.
[[nodiscard]] Result<std::unique_ptr<Method>> openTrained(std::shared_ptr<const model::BaseModel> base,
                                                          const std::filesystem::path& folder);

} // namespace lori::adapters
