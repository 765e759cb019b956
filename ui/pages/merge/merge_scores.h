// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/score_difference.h"
#include "ui/pages/merge/merge_measurements.h"

#include <QStringList>

#include <cstddef>
#include <utility>

namespace lori::ui {

/// A row of the matrix: one of the adapters that were merged, or a merge of them.
struct MergeVariant {
    QString name;  ///< "Capitals"; "Merge 2"
    QString about; ///< a merge's method and weights, "" for an adapter
    std::filesystem::path folder;
    QString mergeId;                  ///< job of the merge, "" for an adapter
    std::vector<std::string> learned; ///< tasks that an adapter was trained on, by name
    QString runId{};                  ///< run that trained an adapter; fills `learned` where that is empty
    [[nodiscard]] bool isMerge() const { return !mergeId.isEmpty(); }
};

/// What is asked of the home's jobs.
struct MergeScoresWanted {
    std::vector<MergeVariant> variants; ///< the adapters, then their merges
    std::vector<QString> runs;          ///< ids of runs that made the adapters: the first that can be read names the base model
    std::vector<std::string> models;    ///< names and paths of the base model as adapters have it
    std::optional<std::int64_t> limit;  ///< rows of each side; none for what was measured last
};

struct MergeCell {
    MeasuredScore measured;
    std::optional<ScoreDifference> difference; ///< a merge's, to the adapter at `against`
    std::size_t against = 0;                   ///< place in variants
};

/// Variants × scores. A value made in another thread.
struct MergeScores {
    static constexpr std::int64_t kUsualLimit = 40;

    std::vector<MergeVariant> variants;
    std::string model; ///< what opens the base model; "" when it is not at hand
    std::int64_t limit = kUsualLimit;
    std::map<ScoreKey, bool> columns; ///< what is worth a column, and whether higher is better
    std::map<std::pair<std::size_t, ScoreKey>, MergeCell> cells;
    std::map<Measurement, FoundMeasurement> found; ///< of these variants, with any limit

    /// What was measured of this variant.
    [[nodiscard]] Measurement measurementOf(std::size_t variant, const std::string& task) const;
    /// Of the adapters and this merge on these tasks, what is not done yet.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::string>> missing(const std::vector<std::string>& tasks,
                                                                           const QString& mergeId) const;
};

/// A merge is held against the adapter that learned the task, the best of them where several did, else the best of all adapters.
/// Cost: that of findMeasurements(), and of comparing the rows.
[[nodiscard]] MergeScores loadMergeScores(const Home& home, const MergeScoresWanted& wanted);

} // namespace lori::ui
