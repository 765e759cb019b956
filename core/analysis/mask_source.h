// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/support/result.h"

#include <filesystem>

namespace lori::analysis {

/// The entries that a task uses, from whatever holds them: a mask file of either kind (formats::readMask), or the folder of a
/// LoRI-S adapter: its mask.safetensors, else the entries of B that are not 0 (scope and rule are then "").
/// Errors: those of readMask and openAdapter; NonFinite.
[[nodiscard]] Result<formats::Mask> readMaskSource(const std::filesystem::path& path);

/// The entries of B that are not 0; sparsity is what was counted. Errors: BadFile, NonFinite.
[[nodiscard]] Result<formats::Mask> maskOfUsedEntries(const formats::AdapterFiles& adapter);

} // namespace lori::analysis
