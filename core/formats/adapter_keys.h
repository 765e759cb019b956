// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which fields of an adapter_config.json may say what. Internal to this room.

#include "core/formats/adapter_files.h"
#include "core/formats/json_fields.h"

namespace lori::formats {

/// The kind of adapter. Throws BadFile without one, Unsupported for every kind but LoRA and IA3, by name.
[[nodiscard]] AdapterKind checkedKind(const Fields& fields);

/// Throws Unsupported for the first field that is set to something this program does not compute, whether it knows the field or
/// not; BadFile for a value of the wrong type. Covers what PEFT 0.2 to 0.21 write.
void checkKeys(const nlohmann::json& config, const Fields& fields);

} // namespace lori::formats
