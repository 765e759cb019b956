// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/low_rank_change.h"
#include "core/adapters/method.h"
#include "core/serving/requests.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace lori::serving {

/// An adapter in memory, ready to be applied. Either `changes` (LoRA, LoRI) or `method` (any other kind) says how. Internal to
/// this room; everything here throws.
struct ShelvedAdapter {
    AdapterInfo info; ///< without a handle
    std::vector<adapters::LowRankChange> changes;
    std::unique_ptr<adapters::Method> method;
    bool isPrepared = false; ///< method->prepareInference() was called
};

/// Whatever was trained and lies in the folder. Throws those of adapters::openTrained.
[[nodiscard]] std::shared_ptr<ShelvedAdapter> openAdapterFolder(const std::shared_ptr<const model::BaseModel>& base,
                                                                const std::filesystem::path& folder);

/// The newest whole checkpoint of a run, paused, stopped or working: the adapter as it stood then. Nothing in the run's folder is
/// written or locked. Throws NotFound (no checkpoint yet), BadFile, Mismatch (another base model, a configuration that was
/// changed since).
[[nodiscard]] std::shared_ptr<ShelvedAdapter> openRunCheckpoint(const std::shared_ptr<const model::BaseModel>& base,
                                                                const std::filesystem::path& runFolder);

} // namespace lori::serving
