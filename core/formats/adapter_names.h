// SPDX-License-Identifier: Apache-2.0
#pragma once

// How modules are called in adapter and mask files. Internal to this room.

#include "core/experiment/run_config.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lori::formats {

/// A module of a decoder block.
struct ModuleName {
    std::int64_t layer = 0;
    experiment::Projection projection = experiment::Projection::Q;
    auto operator<=>(const ModuleName&) const = default;
};
/// "model.layers.3.mlp.up_proj"
[[nodiscard]] std::string moduleName(const ModuleName& module);
/// The inverse; nothing when the text is any other name.
[[nodiscard]] std::optional<ModuleName> moduleFromName(const std::string& name);

} // namespace lori::formats
