// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/sweep_values.h"

#include <QRegularExpression>

#include <algorithm>

namespace lori::ui {

SweepValues SweepValues::read(const QString& text, TypedNumber::Kind kind, double low, double high, const QLocale& locale)
{
    static const QRegularExpression blanks(QStringLiteral("[\\s;]+"));
    static const QRegularExpression blanksAndCommas(QStringLiteral("[\\s;,]+"));
    const bool isCommaDecimal = locale.decimalPoint() == QLatin1String(",");
    SweepValues result;
    for (QString word : text.split(isCommaDecimal ? blanks : blanksAndCommas, Qt::SkipEmptyParts)) {
        while (word.endsWith(QLatin1Char(','))) { // "50, 80" where a comma within a number is its decimal sign
            word.chop(1);
        }
        if (word.isEmpty()) {
            continue;
        }
        const TypedNumber number = TypedNumber::read(word, kind, locale).within(low, high, locale);
        if (!number.isNumber()) {
            result.m_problem = tr("“%1”: %2").arg(word, number.problem());
            return result;
        }
        const auto value = nlohmann::json::parse(number.json().toStdString());
        if (std::find(result.m_values.begin(), result.m_values.end(), value) != result.m_values.end()) {
            result.m_problem = tr("“%1” stands there twice").arg(word);
            return result;
        }
        result.m_values.push_back(value);
    }
    return result;
}

QStringList sweepPlanArguments(const QString& config, const std::vector<SweepField>& over)
{
    QStringList words{QStringLiteral("sweep"), QStringLiteral("--config"), config};
    for (const SweepField& each : over) {
        words << QStringLiteral("--over") << QString::fromStdString(each.key + "=" + each.values.dump());
    }
    return words << QStringLiteral("--plan");
}

} // namespace lori::ui
