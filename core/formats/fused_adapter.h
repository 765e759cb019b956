// SPDX-License-Identifier: Apache-2.0
#pragma once

// Adapters on layers that a family's class fuses (Phi's qkv_proj): read as adapters of their parts, written as PEFT has them.
// Internal to this room.

#include "core/formats/adapter_files.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

/// What a file has of one fused layer.
struct FusedModule {
    std::int64_t layer = 0;
    std::string path; ///< within a block: "self_attn.qkv_proj"
    AdapterModule own;
};
/// "model.layers.3.self_attn.qkv_proj" → layer and path; nothing for other names.
[[nodiscard]] std::optional<FusedModule> fusedModuleFromName(const std::string& module);
/// Adds the parts to adapter.modules: all share A, each has its rows of B. Where each part uses rows of A of its own (as this
/// program writes them), they are cut to those. The parts' rows are those of `base`, or without one those of the adapter's own
/// record. Throws Unsupported when there is neither, Mismatch when the file has other rows.
void settleFused(AdapterFiles& adapter, const std::vector<FusedModule>& fused, const ModelShape* base);

/// The adapter under the names of the base's class.
struct StoredAdapter {
    std::vector<TensorToWrite> tensors;
    std::vector<std::string> targets;
    std::vector<std::string> feedForward;
    std::map<std::string, std::int64_t> ranks; ///< rank_pattern
    std::map<std::string, double> alphas;      ///< alpha_pattern
    std::vector<std::vector<std::byte>> made;  ///< bytes of tensors that were put together
};
/// Nothing when the class calls everything as this program does. Parts of one layer with the same A share it; otherwise A stands
/// below A and B is block-diagonal, which is the same sum. Throws Unsupported for DoRA on only some parts of a layer.
[[nodiscard]] std::optional<StoredAdapter> storedAdapter(const AdapterToWrite& adapter);

} // namespace lori::formats
