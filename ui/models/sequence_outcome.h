// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/services/run_progress.h"

#include <nlohmann/json_fwd.hpp>

#include <QCoreApplication>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// A rate at one point of a sequence, 0–1, with its 95 % interval.
struct SequenceRate {
    double value = 0;
    double low = 0;
    double high = 1;
    std::int64_t rows = 0;
    bool operator==(const SequenceRate&) const = default;
};
/// How far a score lies below its best at an earlier task's end, in percentage points; negative when it is above.
struct SequenceLoss {
    double points = 0;
    bool hasInterval = false; ///< paired over the same rows; only when the sequence is over
    double low = 0;
    double high = 0;
    /// It cannot be chance: the whole interval is a loss.
    [[nodiscard]] bool isSure() const { return hasInterval && low > 0; }
    bool operator==(const SequenceLoss&) const = default;
};
/// One measured score over a sequence.
struct SequenceScore {
    std::string task;
    std::string metric;
    bool higherIsBetter = true;
    std::vector<std::optional<SequenceRate>> rates; ///< base model, then the end of each task; nothing where not measured (yet)
    std::optional<SequenceLoss> loss;
    std::optional<SequenceLoss> twinLoss; ///< of the same sequence with, or without, protection
    bool operator==(const SequenceScore&) const = default;
};

/// What a sequence came to so far.
class SequenceOutcome final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::SequenceOutcome)

public:
    SequenceOutcome() = default;
    /// `transfer`: the run's transfer.json, null before there is one.
    SequenceOutcome(const experiment::SequenceConfig& config, const RunProgress& progress, jobs::JobState state,
                    const nlohmann::json& transfer);

    /// The transfer.json of the same sequence with, or without, protection; what it does not tell stays unknown.
    void takeTwin(const nlohmann::json& transfer) { takeLosses(transfer, &SequenceScore::twinLoss); }

    /// Safety first, a task's aim before its price; without what only compares the two scorers.
    [[nodiscard]] const std::vector<SequenceScore>& scores() const { return m_scores; }
    /// Names of the tasks in order.
    [[nodiscard]] const QStringList& tasks() const { return m_tasks; }
    /// What was forgotten, in one or two sentences; "" before two tasks are done.
    [[nodiscard]] QString sentence() const;
    bool operator==(const SequenceOutcome&) const = default;

private:
    void takeLosses(const nlohmann::json& transfer, std::optional<SequenceLoss> SequenceScore::*loss);

    QStringList m_tasks;
    std::vector<SequenceScore> m_scores;
};

/// The steps of a sequence for the stage strip: base model, then each task, made of the run's own stages.
[[nodiscard]] std::vector<StripStep> sequenceSteps(const experiment::SequenceConfig& config, const RunProgress& progress,
                                                   jobs::JobState state, std::int64_t nowMs);
/// "7.0 points [1.9 to 12.1]"
[[nodiscard]] QString lossText(const SequenceLoss& loss);

} // namespace lori::ui
