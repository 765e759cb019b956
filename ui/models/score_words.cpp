// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/score_words.h"

#include "core/tasks/benchmarks.h"
#include "ui/models/mask_words.h"
#include "ui/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <tuple>

namespace lori::ui {

namespace {

class ScoreWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ScoreWords)
};

constexpr const char* kSecondScorer = "_likelihood";
constexpr const char* kDisagreement = "_disagreement";

std::size_t placeOf(const std::string& task)
{
    static constexpr std::array<std::string_view, 4> kStarters{"safety", "maths", "language", "code"};
    const auto* const starter = std::find(kStarters.begin(), kStarters.end(), task);
    if (starter != kStarters.end()) {
        return static_cast<std::size_t>(starter - kStarters.begin());
    }
    const auto& sets = tasks::benchmarks();
    const auto set = std::find_if(sets.begin(), sets.end(), [&](const tasks::Benchmark& one) { return one.name == task; });
    return kStarters.size() + static_cast<std::size_t>(set - sets.begin()); // behind all sets when it is none
}

/// The refusals that should be there before those that should not, then what the second scorer says.
int placeOfMetric(const std::string& metric)
{
    return (metric.rfind("needless", 0) == 0 ? 1 : 0) + (metric.ends_with(kSecondScorer)   ? 2
                                                         : metric.ends_with(kDisagreement) ? 4
                                                                                           : 0);
}

QString rateWithCounts(const database::Score& score)
{
    return ScoreWords::tr("%1 [%2 – %3], %4 of %5 answers")
        .arg(percentText(score.value), percentText(score.low), percentText(score.high),
             QLocale().toString(static_cast<qlonglong>(score.hits)), QLocale().toString(static_cast<qlonglong>(score.rows)));
}

} // namespace

bool ScoreKey::operator<(const ScoreKey& other) const
{
    return std::tuple(placeOf(task), task, placeOfMetric(metric), metric) <
           std::tuple(placeOf(other.task), other.task, placeOfMetric(other.metric), other.metric);
}

QString scoreTitleShort(const ScoreKey& key)
{
    const QString task = Text::task(QString::fromStdString(key.task));
    if (key.metric == "accuracy" || key.metric == "pass_rate") {
        return task;
    }
    const QString metric = key.metric == "refusal_rate"            ? ScoreWords::tr("Harmful refused")
                           : key.metric == "needless_refusal_rate" ? ScoreWords::tr("Needless refusals")
                                                                   : Text::metric(QString::fromStdString(key.metric));
    return key.task == "safety" ? metric : ScoreWords::tr("%1: %2", "task and metric").arg(task, metric);
}

bool isSecondScorer(const ScoreKey& key)
{
    return key.metric.ends_with(kSecondScorer) || key.metric.ends_with(kDisagreement);
}

QString scoreChange(const database::ScoreSummary& score)
{
    if (!score.last) {
        return {};
    }
    const QString now = percentText(score.last->value);
    return score.before ? ScoreWords::tr("%1 → %2", "score before and after").arg(percentText(score.before->value), now) : now;
}

QString scoreTip(const database::ScoreSummary& score)
{
    QStringList lines;
    if (score.last) {
        lines << rateWithCounts(*score.last);
    }
    if (score.before) {
        lines << ScoreWords::tr("Before training: %1").arg(rateWithCounts(*score.before));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace lori::ui
