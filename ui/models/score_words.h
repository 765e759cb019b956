// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/run_records.h"

#include <QString>

#include <string>

namespace lori::ui {

/// What was measured: a task and one of its metrics.
struct ScoreKey {
    std::string task;   ///< "safety", "gsm8k"
    std::string metric; ///< "refusal_rate", "accuracy"
    bool operator==(const ScoreKey&) const = default;
    /// Starter tasks before published sets, these in the order of their list, others by name; a task's aim before its price.
    bool operator<(const ScoreKey& other) const;
};

/// Short, for a column's title: "Harmful refused", "Maths", "GSM8K".
[[nodiscard]] QString scoreTitleShort(const ScoreKey& key);
/// Whether the metric compares the two scorers, or is the second one's: of interest to few.
[[nodiscard]] bool isSecondScorer(const ScoreKey& key);
/// "0 % → 97.5 %": the base model's value and the newest; "97.5 %" when the base was not measured, "" when nothing was after
/// training began.
[[nodiscard]] QString scoreChange(const database::ScoreSummary& score);
/// The newest value with its interval and counts, and the base model's; "" when nothing was measured.
[[nodiscard]] QString scoreTip(const database::ScoreSummary& score);

} // namespace lori::ui
