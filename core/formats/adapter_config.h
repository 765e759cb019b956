// SPDX-License-Identifier: Apache-2.0
#pragma once

// PEFT's adapter_config.json. Internal to this room.

#include "core/formats/adapter_files.h"

namespace lori::formats {

/// Sets kind, rank, alpha, scaling and base model of an adapter whose folder is known.
/// Throws NotFound, BadFile, and Unsupported for every kind whose arithmetic this program does not know, by name.
void readAdapterConfig(AdapterFiles& adapter);

} // namespace lori::formats
