// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_folder.h"
#include "core/tasks/comparison.h"
#include "database/run_records.h"
#include "ui/models/score_words.h"

#include <QString>

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lori::ui {

/// One evaluation of an adapter on a task. Equal ones are equal work: everything else is as `lori evaluate` does it unasked.
struct Measurement {
    std::string model; ///< registered name or path of the base model
    std::filesystem::path adapter;
    std::string task;
    std::int64_t limit = 0; ///< first rows of each side; 0 for all
    auto operator<=>(const Measurement&) const = default;
};

/// The job that carries it out (core/workers/job_options.h, EvaluateOptions).
[[nodiscard]] jobs::JobRecord evaluationOf(const Measurement& measurement, const QString& name);
/// What a job's options measure; none when an option that changes scores is set otherwise, or they are no evaluation's.
[[nodiscard]] std::optional<Measurement> measurementOf(const nlohmann::json& options);

/// A score with its judged rows.
struct MeasuredScore {
    database::Score score;
    bool higherIsBetter = true;
    std::vector<tasks::ScoredItem> rows; ///< empty where none were kept
};

/// What a home holds of a measurement.
struct FoundMeasurement {
    QString jobId;
    std::int64_t createdMs = 0;
    bool done = false; ///< else its job can be gone on with
    bool live = false; ///< a worker is at work on it
    std::map<ScoreKey, MeasuredScore> scores;
};

/// The evaluations of these adapters that a home holds, whoever made them: for each measurement the newest that is done, else one
/// that is at work, else the newest. What cannot be read is left out. Cost: reads every job.json of the home, and the rows.
[[nodiscard]] std::map<Measurement, FoundMeasurement> findMeasurements(const Home& home,
                                                                       const std::set<std::filesystem::path>& adapters);

} // namespace lori::ui
