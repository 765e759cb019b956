// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <filesystem>
#include <optional>
#include <string>

namespace lori::ui {

/// What the simple form's choices mean in the configuration; Custom = something else, left alone.
enum class Goal { Dense, Sparse, Custom };
enum class Duration { Short, Medium, Paper, Custom };

[[nodiscard]] Goal goalOf(const experiment::RunConfig& config);
/// Makes the chain LoRI-D, or LoRI-D → mask → LoRI-S, keeping what the stages that stay already say.
void setGoal(experiment::RunConfig& config, Goal goal);

[[nodiscard]] Duration durationOf(const experiment::RunConfig& config);
/// Steps and rows of both training stages: 60 × 8, 240 × 8, or the paper's three passes in batches of 32.
void setDuration(experiment::RunConfig& config, Duration duration);

/// The one task of the sources; "" when it is a file or several.
[[nodiscard]] std::string taskOf(const experiment::RunConfig& config);
/// Trains on this task and measures it, beside safety. A name that nobody typed follows, here and in setDataFile().
void setTask(experiment::RunConfig& config, const std::string& task);
/// Trains on this file; measures what was measured before.
void setDataFile(experiment::RunConfig& config, const std::string& file);

/// Sparsity of the last mask stage, -1 without one.
[[nodiscard]] double sparsityOf(const experiment::RunConfig& config);
void setSparsity(experiment::RunConfig& config, double sparsity);

/// A run's chain from one of its masks on: the mask of the same LoRI-D adapter, which is taken from the run as it is, and the
/// LoRI-S stage that trains under it.
struct OtherMask {
    experiment::RunConfig base;    ///< with the run's own mask
    experiment::RunConfig changed; ///< with the sparsity and scope wanted, under a name that says so
};
/// `adapter`: the LoRI-D folder inside `run`. Nothing when the configuration has no stage that made it.
[[nodiscard]] std::optional<OtherMask> withOtherMask(const experiment::RunConfig& config, const std::filesystem::path& run,
                                                     const std::filesystem::path& adapter, double sparsity,
                                                     experiment::MaskScope scope);

} // namespace lori::ui
