// SPDX-License-Identifier: Apache-2.0
#pragma once

// How modules are called in adapter and mask files. Internal to this room.

#include "core/vocabulary/projection.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lori::formats {

/// A module of a decoder block.
struct ModuleName {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    auto operator<=>(const ModuleName&) const = default;
};
/// "model.layers.3.mlp.up_proj"
[[nodiscard]] std::string moduleName(const ModuleName& module);
/// The inverse; nothing when the text is any other name.
[[nodiscard]] std::optional<ModuleName> moduleFromName(const std::string& name);

/// A tensor's name in an adapter file, taken apart.
struct AdapterTensorName {
    std::string full;     ///< without PEFT's "base_model.model." and without what torch.compile and FSDP put between
    std::string standard; ///< as this program calls it: "model.layers.3.…", "model.embed_tokens.…", "lm_head.…"; else as `full`
};
/// Also understands names of text models inside a larger one ("language_model."), of wrapped ones ("module.") and those that
/// transformers writes with save_peft_format=False; an adapter's own name in them (".default") is left out.
[[nodiscard]] AdapterTensorName adapterTensorName(const std::string& name);

} // namespace lori::formats
