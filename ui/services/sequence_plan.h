// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/services/adapter_catalog.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace lori::ui {

/// What a sequence can begin from.
enum class SequenceTemplate { SafetyThenTask, TaskAfterTask };

/// Ready to start: built-in model and tasks, LoRI-S, each keeping off the ground of those before, safety watched.
[[nodiscard]] experiment::SequenceConfig sequenceFrom(SequenceTemplate kind);

/// A task that learns these rows as the quick look does, with LoRI-S. `source`: a starter task, a published set or a file.
[[nodiscard]] experiment::SequenceStage sequenceStage(const experiment::DataSource& source);
/// The name for people of what a task learns from: "Safety", "rows.jsonl"; "" when it learns from nothing yet.
[[nodiscard]] QString sourceTitle(const experiment::SequenceStage& stage);
/// Changes what a task learns from, and its name where that was made from it.
void setSource(experiment::SequenceStage& stage, const experiment::DataSource& source);
/// Changes the method, and the rate where it was the other method's own.
void setMethod(experiment::SequenceStage& stage, experiment::StageKind method);

/// Scores safety and every task that is learned, keeping limits and floors of those that stay.
void measureWhatIsLearned(experiment::SequenceConfig& config);
/// The floor of a task: its points; 0 when none is set.
[[nodiscard]] double floorOf(const experiment::SequenceConfig& config, const std::string& task);
/// Sets the points of a floor; 0 takes it away.
void setFloor(experiment::SequenceConfig& config, const std::string& task, double points);

/// Begins from an adapter: its base model, and, of a LoRI-S adapter, the entries that it uses. The run that made it, when it is
/// of this home, lends its rank, scale and matrices. nullptr begins from scratch.
void beginFrom(experiment::SequenceConfig& config, const KnownAdapter* adapter, const Home& home);

/// How much of B the masks of a sequence take.
struct MaskRoom {
    double before = 0;   ///< share that the adapter it begins from uses, 0–1
    double asked = 0;    ///< sum of the shares of all LoRI-S tasks that keep off the others
    int tasks = 0;       ///< how many these are
    int fit = 0;         ///< how many tasks of the last one's sparsity have room in an empty B; 0 without such a task
    double sparsity = 0; ///< of the last one
};
[[nodiscard]] MaskRoom maskRoom(const experiment::SequenceConfig& config, double sparsityBefore);

} // namespace lori::ui
