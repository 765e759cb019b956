// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/comparison.h"
#include "database/run_records.h"
#include "ui/models/score_difference.h"
#include "ui/models/score_words.h"
#include "ui/pages/compare/setting_rows.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// A column of the comparison: a run as it is now, or as its base model was before it.
struct ComparedSide {
    std::size_t run = 0; ///< place in Comparison::runs
    bool beforeTraining = false;
    std::map<ScoreKey, database::Score> scores;
    std::map<ScoreKey, std::vector<tasks::ScoredItem>> rows;
    std::map<ScoreKey, ScoreDifference> differences; ///< empty for the baseline
};

/// One row of the answers: the same question to two sides. "Good" is a hit, or none where lower is better.
struct ComparedAnswer {
    std::string id;
    std::string prompt;
    std::string expected;
    std::string first;
    std::string second;
    bool firstGood = false;
    bool secondGood = false;
};

/// Everything the page shows of the chosen runs but their curves. A value made in another thread.
struct Comparison {
    std::vector<database::RunDetail> runs;
    std::vector<SettingColumn> settings; ///< of each run
    std::vector<ComparedSide> sides;     ///< each run once; before and after for a run alone
    std::size_t baseline = 0;            ///< place in sides
    std::map<ScoreKey, bool> scores;     ///< every score that a side has, and whether higher is better
    std::vector<std::string> seriesKeys; ///< curves that any of the runs has, sorted; losses per token only if all have them
    QStringList missing;                 ///< ids that the history does not have
    /// Differs whenever something shown may differ.
    [[nodiscard]] QString signature() const;
    /// The run's name; with its time when several have this name, and "before training" for such a side.
    [[nodiscard]] QString sideTitle(std::size_t side) const;
    /// The run's name, and its time when several have this name.
    [[nodiscard]] QString runTitle(std::size_t run) const;
    /// Scores of which both sides kept rows.
    [[nodiscard]] std::vector<ScoreKey> answersOf(std::size_t first, std::size_t second) const;
    /// The common rows in the order of the second side.
    [[nodiscard]] std::vector<ComparedAnswer> answers(const ScoreKey& key, std::size_t first, std::size_t second) const;
};

inline constexpr int kMostCompared = 12;

/// Reads the runs from the history. `baseline`: a run's id, else the first one is it. A run that is gone is named in `missing`.
/// Errors: those of opening and reading the database. Cost: reads every judged row of the runs; call it in another thread.
[[nodiscard]] Result<Comparison> loadComparison(const std::filesystem::path& historyFile, const QStringList& runIds,
                                                const QString& baseline);

} // namespace lori::ui
