// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/sweep_knee.h"
#include "core/experiment/run_config.h"
#include "database/run_records.h"
#include "ui/models/score_words.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// One finished run of a sweep.
struct SweepRun {
    std::string id;
    std::string name;
    std::int64_t createdMs = 0;
    double sparsity = 0; ///< 0–0.999
    experiment::MaskScope scope = experiment::MaskScope::Model;
    std::map<ScoreKey, database::Score> scores; ///< measured with the mask, the newest of each
};

/// What is drawn at one sparsity: one run's score, or those of several runs (seeds) together.
struct SweepPoint {
    analysis::SweepScore score;    ///< 0–1
    std::vector<std::size_t> runs; ///< places in Sweep::runs, newest first
};

/// Runs that differ in nothing but sparsity, seeds and what people call them: those of `lori sweep` over the sparsity, and copies
/// of one run with another sparsity, which take over its dense adapter.
struct Sweep {
    std::string title;
    std::vector<SweepRun> runs;                    ///< by sparsity, then newest first; two different sparsities at least
    std::map<ScoreKey, bool> higherIsBetter;       ///< every score that was measured at two sparsities at least
    std::map<ScoreKey, database::Score> baseModel; ///< before training, of the newest run that measured it
    /// By rising sparsity. Several runs at one sparsity: all their answers together, with Wilson's interval of the sum, which
    /// knows nothing of how seeds differ; where values are no plain shares of answers, the means of values and of interval ends.
    [[nodiscard]] std::vector<SweepPoint> points(const ScoreKey& key) const;
};

/// What two runs of one sweep have in common, as text: the configuration without names, seeds, sparsity and what only says where
/// or how often things are written. `parent`: the configuration of the run whose dense adapter it takes over, nullptr for none.
[[nodiscard]] std::string sweepKey(experiment::RunConfig config, const experiment::RunConfig* parent);

/// All sweeps of the history, the one with the newest run first. For another thread than the window's.
/// Errors: those of opening and reading the database; Stopped.
[[nodiscard]] Result<std::vector<Sweep>> findSweeps(const std::filesystem::path& historyFile, const std::atomic_bool& cancelled);

} // namespace lori::ui
