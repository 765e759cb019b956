// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/score_difference.h"

#include "ui/services/error_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace lori::ui {
namespace {

class CompareWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::CompareWords)
};

ScoreVerdict verdictOf(bool higher, bool higherIsBetter)
{
    return higher == higherIsBetter ? ScoreVerdict::Better : ScoreVerdict::Worse;
}

bool hasRows(const ScoreWithRows& side)
{
    return side.rows != nullptr && !side.rows->empty();
}

} // namespace

ScoreDifference differenceOf(const ScoreWithRows& baseline, const ScoreWithRows& side, bool higherIsBetter)
{
    ScoreDifference difference;
    if (hasRows(baseline) && hasRows(side)) {
        auto compared = tasks::compareItems(*baseline.rows, *side.rows);
        if (compared) {
            difference.points = compared->difference * 100;
            if (compared->verdict != tasks::ComparisonVerdict::NoClearDifference) {
                difference.verdict = verdictOf(compared->verdict == tasks::ComparisonVerdict::SecondHigher, higherIsBetter);
            }
            difference.paired = std::move(*compared);
            return difference;
        }
        difference.notPaired = ErrorText::sentence(compared.error()).toStdString();
    }
    difference.points = (side.score.value - baseline.score.value) * 100;
    if (side.score.low > baseline.score.high || baseline.score.low > side.score.high) {
        difference.verdict = verdictOf(difference.points > 0, higherIsBetter);
    }
    return difference;
}

QString signedNumber(double value, int decimals)
{
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + QLocale().toString(std::abs(value), 'f', decimals);
}

QString signedPoints(double points)
{
    return signedNumber(points, 1);
}

QString differenceWords(const ScoreDifference& difference)
{
    const QString points = CompareWords::tr("%1 points").arg(signedPoints(difference.points));
    switch (difference.verdict) {
    case ScoreVerdict::Better:
        return CompareWords::tr("%1, better", "points").arg(points);
    case ScoreVerdict::Worse:
        return CompareWords::tr("%1, worse", "points").arg(points);
    case ScoreVerdict::NoClearDifference:
        break;
    }
    return CompareWords::tr("no clear difference");
}

QString differenceExplanation(const ScoreDifference& difference, bool higherIsBetter)
{
    if (!difference.paired) {
        const QString rule = CompareWords::tr("%1 points; a difference is clear when the two intervals do not overlap.")
                                 .arg(signedPoints(difference.points));
        return difference.notPaired.empty()
                   ? rule
                   : rule + QLatin1Char('\n') +
                         CompareWords::tr("The rows were not compared: %1").arg(QString::fromStdString(difference.notPaired));
    }
    const tasks::ItemComparison& paired = *difference.paired;
    const auto lost = static_cast<qlonglong>((higherIsBetter ? paired.rightToWrong : paired.wrongToRight).size());
    const auto gained = static_cast<qlonglong>((higherIsBetter ? paired.wrongToRight : paired.rightToWrong).size());
    const QLocale locale;
    return CompareWords::tr("%1 points [%2 – %3] on %4 common rows, p = %5 (McNemar's test); clear when p is below 0.05.")
               .arg(signedPoints(difference.points), signedPoints(paired.low * 100), signedPoints(paired.high * 100),
                    locale.toString(static_cast<qlonglong>(paired.first.n)), locale.toString(paired.pValue, 'g', 2)) +
           QLatin1Char('\n') +
           CompareWords::tr("%1 right → wrong, %2 wrong → right").arg(locale.toString(lost), locale.toString(gained));
}

} // namespace lori::ui
