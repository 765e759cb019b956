// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"

#include <QCoreApplication>
#include <QString>

#include <cstdint>
#include <string>

namespace lori::ui {

/// Numbers and words as people read them, in the language of the window (QLocale for the digits).
class Text final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::Text)

public:
    /// "45 s", "3 min 20 s", "2 h 5 min"; "–" when negative or not finite.
    [[nodiscard]] static QString duration(double seconds);
    /// "about 4 min": coarse, for estimates.
    [[nodiscard]] static QString about(double seconds);
    /// "512 MB", "1.4 GB" (powers of 1000).
    [[nodiscard]] static QString bytes(double count);
    /// "4,404,019" up to ten million, then "44.0 million".
    [[nodiscard]] static QString count(double number);
    /// A share of 0–1: "97.5 %".
    [[nodiscard]] static QString percent(double share, int decimals = 1);
    /// "97 % [92–99]": a rate with its interval.
    [[nodiscard]] static QString rate(double value, double low, double high);
    /// "97 % [92–99] of 150": the same with how many answers it is of, where that is known (> 0).
    [[nodiscard]] static QString rate(double value, double low, double high, std::int64_t answers);
    /// Shortest form that keeps the value: "0.0005" as "5e-4".
    [[nodiscard]] static QString number(double value);
    /// "21 Nov, 14:15"
    [[nodiscard]] static QString when(std::int64_t unixMs);

    /// A label or an action's text without the mark of its Alt letter, which Chinese carries as "暂停(&P)".
    [[nodiscard]] static QString withoutMnemonic(QString text);

    [[nodiscard]] static QString state(jobs::JobState state);
    [[nodiscard]] static QString stateIcon(jobs::JobState state);
    /// "LoRI-D", "Mask", "LoRA" …
    [[nodiscard]] static QString stage(experiment::StageKind kind);
    /// What a job of this kind does: "Training", "Merge" …; the kind itself for an unknown one.
    [[nodiscard]] static QString jobKind(const std::string& kind);
    /// What a worker says it is doing, in the window's language: "measuring Safety"; other words as they are.
    [[nodiscard]] static QString activity(const std::string& what);
    /// The same with how far it is, "measuring Safety: 23 of 150, about 2 min for this part": the count from a `total` of 2 on,
    /// the time from 0 `secondsLeft` on.
    [[nodiscard]] static QString activity(const std::string& what, std::int64_t done, std::int64_t total, double secondsLeft);
    /// "Safety", "Maths" … for starter tasks, the name itself for others.
    [[nodiscard]] static QString task(const QString& name);
    /// "harmful requests refused", "needless refusals", "right answers" …
    [[nodiscard]] static QString metric(const QString& name);
    [[nodiscard]] static QString presetTitle(const experiment::Preset& preset);
    [[nodiscard]] static QString presetExplanation(const experiment::Preset& preset);
    /// The built-in model has a name for people; others keep theirs, paths show their last part.
    [[nodiscard]] static QString model(const QString& nameOrPath);
};

} // namespace lori::ui
