// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values of transformers' classes that are too many for a row of families.cpp. Internal to this room.

#include <nlohmann/json.hpp>

namespace lori::formats {

/// Class defaults of a text model inside another configuration, where transformers leaves such fields out.
[[nodiscard]] nlohmann::json innerGemma3();
[[nodiscard]] nlohmann::json innerMistral();
[[nodiscard]] nlohmann::json innerMinistral3();
/// rope_parameters of the class, where the file has none.
[[nodiscard]] nlohmann::json ropeOfMinistral3();

} // namespace lori::formats
