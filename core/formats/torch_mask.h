// SPDX-License-Identifier: Apache-2.0
#pragma once

// The masks that the authors of LoRI publish. Internal to this room.

#include "core/formats/adapter_files.h"

#include <filesystem>

namespace lori::formats {

/// `{s}_mask.pt`: a dictionary {base_model.model.model.layers.N.….lora_B.default.weight: bool [out, r]} written by torch.save
/// (method.md §1.7). Scope and sparsity are not in the file: they are told from the counts, see setMaskSettings().
/// Throws as openTorchFile, and BadFile or Unsupported for entries that are no masks of modules.
[[nodiscard]] Mask readTorchMask(const std::filesystem::path& file);

/// Sets sparsity, scope and rule of a mask of which only the entries are known. The scope is the narrowest under which every pool
/// keeps exactly k = int((1 − s)·n) entries for one s of two decimals, or the one `hint` (the file's name) says when every
/// pool keeps k or, by ties, some more; else the scope is "unknown" and the sparsity what was counted.
void setMaskSettings(Mask& mask, const std::filesystem::path& hint);

} // namespace lori::formats
