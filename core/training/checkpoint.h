// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/training/optimizer.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lori::training {

/// Where a run stood when the checkpoint was written.
struct CheckpointPosition {
    std::int64_t stage = 0;   ///< index in config.stages
    std::int64_t step = 0;    ///< steps of this stage that are done
    std::string gemmBackend;  ///< the two backends round differently; a run keeps the one it began with
    std::int64_t threads = 0; ///< so does the number of threads
    std::string configHash;   ///< SHA-256 of config.json
};

/// checkpoints/stage-<i>-step-<n>.safetensors: each parameter's value (packed for LoRI-S) and both moments, position as metadata.
/// A and the base are not in it: A is drawn again from its seed or read from the adapter it came from, and verified by its hash.
[[nodiscard]] Result<std::filesystem::path> writeCheckpoint(const std::filesystem::path& folder,
                                                            const CheckpointPosition& position, adapters::Method& method,
                                                            const Optimizer& optimizer);

/// The newest checkpoint of the folder that is whole; broken or foreign files are passed over.
struct FoundCheckpoint {
    std::filesystem::path file;
    CheckpointPosition position;
};
[[nodiscard]] std::optional<FoundCheckpoint> newestCheckpoint(const std::filesystem::path& folder);

/// Puts values, moments and step count back. Errors: BadFile, Mismatch when parameters have other names or sizes.
[[nodiscard]] Result<void> restoreCheckpoint(const std::filesystem::path& file, adapters::Method& method, Optimizer& optimizer);

/// Keeps a checkpoint whatever prune does, as good-<stage>.safetensors beside it; an older one of that stage is replaced.
[[nodiscard]] Result<std::filesystem::path> keepGoodCheckpoint(const std::filesystem::path& checkpoint, std::int64_t stage);

/// The good checkpoint that was kept of a stage last; none when there is none that is whole.
[[nodiscard]] std::optional<FoundCheckpoint> goodCheckpoint(const std::filesystem::path& folder, std::int64_t stage);

/// Goes back to the kept good checkpoint of the newest stage: its later checkpoints are removed. Errors: NotFound when none was
/// kept.
[[nodiscard]] Result<CheckpointPosition> rewindToGoodCheckpoint(const std::filesystem::path& folder);

/// Writes the same checkpoint into another run's folder, as one of a run with that configuration. Errors: BadFile, DiskFull, Io.
[[nodiscard]] Result<void> copyCheckpoint(const FoundCheckpoint& checkpoint, const std::filesystem::path& folder,
                                          const std::string& configHash);

/// Removes all but the newest `keep` checkpoints.
void pruneCheckpoints(const std::filesystem::path& folder, std::int64_t keep);

} // namespace lori::training
