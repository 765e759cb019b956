// SPDX-License-Identifier: Apache-2.0
#pragma once

// PEFT's adapter_config.json. Internal to this room.

#include "core/formats/adapter_files.h"
#include "core/formats/adapter_targets.h"

namespace lori::formats {

inline constexpr std::int64_t kMaxRank = 65536;
inline constexpr double kMaxAlpha = 1e9;

/// What adapter_config.json says beside what AdapterFiles holds.
struct AdapterConfigFile {
    AdapterTargets targets;
    NameSet feedForward; ///< IA3
};

/// Sets kind, rank, alpha, scaling and base model of an adapter whose folder is known, and gives the rest.
/// Throws NotFound, BadFile, and Unsupported for everything whose arithmetic this program does not know, by name.
[[nodiscard]] AdapterConfigFile readAdapterConfig(AdapterFiles& adapter);

} // namespace lori::formats
