// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/score_tables.h"

#include "ui/models/csv_field.h"
#include "ui/pages/compare/compare_words.h"
#include "ui/pages/compare/report_words.h"

#include <QCoreApplication>

#include <cmath>

namespace lori::ui {
namespace {

QString plain(double value)
{
    return QString::number(value, 'g', 17);
}

/// Text that LaTeX prints as it is.
QString latex(const QString& text)
{
    QString safe;
    for (const QChar letter : text) {
        switch (letter.unicode()) {
        case '\\':
            safe += QStringLiteral("\\textbackslash{}");
            break;
        case '~':
            safe += QStringLiteral("\\textasciitilde{}");
            break;
        case '^':
            safe += QStringLiteral("\\textasciicircum{}");
            break;
        case '\n':
            safe += QLatin1Char(' ');
            break;
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            safe += QLatin1Char('\\');
            [[fallthrough]];
        default:
            safe += letter;
        }
    }
    return safe;
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 1);
}

QString latexCell(const ComparedSide& side, const ScoreKey& key)
{
    const auto found = side.scores.find(key);
    if (found == side.scores.end()) {
        return QStringLiteral("--");
    }
    const database::Score& score = found->second;
    QString cell = QStringLiteral("%1 [%2, %3]").arg(percent(score.value), percent(score.low), percent(score.high));
    if (const auto difference = side.differences.find(key); difference != side.differences.end()) {
        const double points = difference->second.points;
        const bool isClear = difference->second.verdict != ScoreVerdict::NoClearDifference;
        cell += QStringLiteral(" ($%1%2$%3)")
                    .arg(QLatin1String(points < 0 ? "-" : "+"), QString::number(std::abs(points), 'f', 1),
                         QLatin1String(isClear ? "*" : ""));
    }
    return cell;
}

} // namespace

QString scoresCsv(const Comparison& comparison)
{
    QString csv =
        QStringLiteral("task,metric,higher_is_better,run,name,moment,value,low,high,hits,rows,difference,difference_low,"
                       "difference_high,p,verdict\n");
    for (const auto& [key, higherIsBetter] : comparison.scores) {
        for (const ComparedSide& side : comparison.sides) {
            const auto found = side.scores.find(key);
            if (found == side.scores.end()) {
                continue;
            }
            const database::Score& score = found->second;
            const database::RunSummary& run = comparison.runs[side.run].summary;
            QStringList fields{QString::fromStdString(key.task),
                               QString::fromStdString(key.metric),
                               QLatin1String(higherIsBetter ? "true" : "false"),
                               QString::fromStdString(run.id),
                               QString::fromStdString(run.name),
                               QLatin1String(side.beforeTraining ? "before" : "newest"),
                               plain(score.value),
                               plain(score.low),
                               plain(score.high),
                               QString::number(score.hits),
                               QString::number(score.rows)};
            const auto difference = side.differences.find(key);
            if (difference == side.differences.end()) {
                fields << QString() << QString() << QString() << QString() << QString();
            } else {
                const auto& paired = difference->second.paired;
                fields << plain(difference->second.points / 100) << (paired ? plain(paired->low) : QString())
                       << (paired ? plain(paired->high) : QString()) << (paired ? plain(paired->pValue) : QString())
                       << QLatin1String(difference->second.verdict == ScoreVerdict::Better  ? "better"
                                        : difference->second.verdict == ScoreVerdict::Worse ? "worse"
                                                                                            : "no_clear_difference");
            }
            for (QString& field : fields) {
                field = csvField(field);
            }
            csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
    }
    return csv;
}

QString scoresLatex(const Comparison& comparison)
{
    QString text = QStringLiteral("% ") +
                   ReportWords::tr("Percent with 95 % intervals; in parentheses the difference to the baseline in points, "
                                   "with a star where it is clear.") +
                   QStringLiteral("\n\\begin{tabular}{l%1}\n\\hline\n")
                       .arg(QString(static_cast<int>(comparison.sides.size()), QLatin1Char('r')));
    QStringList titles{latex(ReportWords::tr("Score"))};
    for (std::size_t i = 0; i < comparison.sides.size(); ++i) {
        const QString title = comparison.sideTitle(i);
        titles << latex(i == comparison.baseline ? ReportWords::tr("%1 (baseline)", "a run's name").arg(title) : title);
    }
    const auto line = [](const QStringList& cells) {
        return cells.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    };
    text += line(titles) + QStringLiteral("\\hline\n");
    for (const auto& [key, higherIsBetter] : comparison.scores) {
        const QString title = compare_words::scoreTitle(key);
        QStringList cells{latex(higherIsBetter ? title : title + QLatin1Char(' ') + ReportWords::tr("(lower is better)"))};
        for (const ComparedSide& side : comparison.sides) {
            cells << latexCell(side, key);
        }
        text += line(cells);
    }
    return text + QStringLiteral("\\hline\n\\end{tabular}\n");
}

} // namespace lori::ui
