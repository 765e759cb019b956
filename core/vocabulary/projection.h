// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace lori {

/// The linear layers of a decoder block that an adapter may sit on, in the order every file and table uses.
enum class Projection : std::uint8_t { Q, K, V, O, Gate, Up, Down };
inline constexpr std::array<Projection, 7> kAllProjections{Projection::Q,    Projection::K,  Projection::V,   Projection::O,
                                                           Projection::Gate, Projection::Up, Projection::Down};
/// Hugging Face's module name: "q_proj" … "down_proj".
[[nodiscard]] std::string_view projectionName(Projection projection);
/// Errors: InvalidArgument with the known names.
[[nodiscard]] Result<Projection> projectionFromName(std::string_view name);

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::kAllProjections;
using lori::Projection;
using lori::projectionFromName;
using lori::projectionName;
} // namespace lori::experiment
