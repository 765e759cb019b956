// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/comparison_report.h"

#include "ui/pages/compare/compare_words.h"
#include "ui/text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QSaveFile>

namespace lori::ui {
namespace {

class ReportWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ReportWords)
};

QString escaped(const QString& text)
{
    return text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
}

QString rowHtml(const QStringList& cells, const char* tag)
{
    QString html = QStringLiteral("<tr>");
    for (const QString& cell : cells) {
        html += QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag), cell);
    }
    return html + QStringLiteral("</tr>\n");
}

QStringList sideTitles(const Comparison& comparison)
{
    QStringList titles;
    for (std::size_t i = 0; i < comparison.sides.size(); ++i) {
        const QString title = comparison.sideTitle(i);
        titles << escaped(i == comparison.baseline ? ReportWords::tr("%1 (baseline)", "a run's name").arg(title) : title);
    }
    return titles;
}

QString scoreCell(const ComparedSide& side, const ScoreKey& key, bool higherIsBetter)
{
    const auto score = side.scores.find(key);
    if (score == side.scores.end()) {
        return QStringLiteral("–");
    }
    QString cell = escaped(Text::rate(score->second.value, score->second.low, score->second.high));
    if (const auto found = side.differences.find(key); found != side.differences.end()) {
        const bool clear = found->second.verdict != ScoreVerdict::NoClearDifference;
        cell += QStringLiteral("<br><span class=\"%1\">%2</span><br><small>%3</small>")
                    .arg(QLatin1String(!clear                                          ? "quiet"
                                       : found->second.verdict == ScoreVerdict::Better ? "better"
                                                                                       : "worse"),
                         escaped(compare_words::difference(found->second)),
                         escaped(compare_words::explanation(found->second, higherIsBetter)));
    }
    return cell;
}

QString scoresHtml(const Comparison& comparison)
{
    QString html =
        QStringLiteral("<table>\n") + rowHtml(QStringList{escaped(ReportWords::tr("Score"))} + sideTitles(comparison), "th");
    for (const auto& [key, higherIsBetter] : comparison.scores) {
        QStringList cells{escaped(compare_words::scoreTitle(key)) +
                          (higherIsBetter ? QString() : QStringLiteral("<br>") + escaped(ReportWords::tr("(lower is better)")))};
        for (const ComparedSide& side : comparison.sides) {
            cells << scoreCell(side, key, higherIsBetter);
        }
        html += rowHtml(cells, "td");
    }
    return html + QStringLiteral("</table>\n");
}

QString settingsHtml(const Comparison& comparison)
{
    QStringList titles{escaped(ReportWords::tr("Setting"))};
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        titles << escaped(comparison.runTitle(i));
    }
    QString rows;
    for (const SettingRow& row : settingRows(comparison.settings)) {
        if (row.differs() || comparison.runs.size() == 1) {
            QStringList cells{escaped(row.name)};
            for (const QString& value : row.values) {
                cells << (value.isNull() ? QStringLiteral("–") : escaped(value));
            }
            rows += rowHtml(cells, "td");
        }
    }
    return rows.isEmpty() ? QStringLiteral("<p>%1</p>\n").arg(escaped(ReportWords::tr("The runs have the same settings.")))
                          : QStringLiteral("<table>\n") + rowHtml(titles, "th") + rows + QStringLiteral("</table>\n");
}

QString answersHtml(const Comparison& comparison)
{
    QString rows;
    for (std::size_t side = 0; side < comparison.sides.size(); ++side) {
        for (const auto& [key, difference] : comparison.sides[side].differences) {
            if (!difference.paired) {
                continue;
            }
            const tasks::ItemComparison& paired = *difference.paired;
            const bool hitIsGood = comparison.scores.at(key);
            const auto lost = (hitIsGood ? paired.rightToWrong : paired.wrongToRight).size();
            const auto gained = (hitIsGood ? paired.wrongToRight : paired.rightToWrong).size();
            const auto number = [](auto count) {
                return QLocale().toString(static_cast<qlonglong>(count));
            };
            rows += rowHtml({escaped(compare_words::scoreTitle(key)), escaped(comparison.sideTitle(side)), number(paired.first.n),
                             number(hitIsGood ? paired.bothRight : paired.bothWrong),
                             number(hitIsGood ? paired.bothWrong : paired.bothRight), number(lost), number(gained)},
                            "td");
        }
    }
    if (rows.isEmpty()) {
        return QStringLiteral("<p>%1</p>\n").arg(escaped(ReportWords::tr("No answers to the same questions.")));
    }
    const QStringList titles{ReportWords::tr("Score"),        ReportWords::tr("Against the baseline"),
                             ReportWords::tr("Common rows"),  ReportWords::tr("Both right"),
                             ReportWords::tr("Both wrong"),   ReportWords::tr("Right → wrong"),
                             ReportWords::tr("Wrong → right")};
    return QStringLiteral("<table>\n") + rowHtml(titles, "th") + rows + QStringLiteral("</table>\n");
}

QString csvField(QString text)
{
    const bool quoted = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n'));
    return quoted ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"') : text;
}

QString plain(double value)
{
    return QString::number(value, 'g', 17);
}

} // namespace

QString reportHtml(const Comparison& comparison)
{
    const QString title = ReportWords::tr("Comparison of runs");
    QString html =
        QStringLiteral(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>\n<style>\n"
            "body{font-family:sans-serif;margin:2em;color:#222;background:#fff}\n"
            "table{border-collapse:collapse;margin-bottom:2em}\n"
            "th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}\n"
            "th{background:#eee}\nsmall{color:#555}\n.quiet{color:#555}\n.better{color:#0a5c2b}\n.worse{color:#a01818}\n"
            "</style></head><body>\n<h1>%1</h1>\n<ul>\n")
            .arg(escaped(title));
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        const database::RunSummary& run = comparison.runs[i].summary;
        html +=
            QStringLiteral("<li>%1 – %2 (%3)</li>\n")
                .arg(escaped(comparison.runTitle(i)), escaped(Text::state(run.state)), escaped(QString::fromStdString(run.id)));
    }
    html += QStringLiteral("</ul>\n<h2>%1</h2>\n").arg(escaped(ReportWords::tr("Scores"))) + scoresHtml(comparison);
    html +=
        QStringLiteral("<h2>%1</h2>\n")
            .arg(escaped(comparison.runs.size() == 1 ? ReportWords::tr("Settings") : ReportWords::tr("Settings that differ"))) +
        settingsHtml(comparison);
    html += QStringLiteral("<h2>%1</h2>\n").arg(escaped(ReportWords::tr("Answers"))) + answersHtml(comparison);
    return html + QStringLiteral("</body></html>\n");
}

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

Result<void> saveReport(const Comparison& comparison, const QString& file)
{
    return guard([&] {
        const QString ending = QFileInfo(file).suffix().toLower();
        const bool isPage = ending == QLatin1String("html") || ending == QLatin1String("htm");
        if (!isPage && ending != QLatin1String("csv")) {
            throw Exception(ErrorCode::InvalidArgument,
                            ReportWords::tr("a report is saved as .html, its scores as .csv").toStdString(),
                            ReportWords::tr("choose one of these endings").toStdString(), file.toStdString());
        }
        QSaveFile out(file);
        if (!out.open(QIODevice::WriteOnly) ||
            out.write((isPage ? reportHtml(comparison) : scoresCsv(comparison)).toUtf8()) < 0 || !out.commit()) {
            throw Exception(ErrorCode::Io, ReportWords::tr("the report was not saved: %1").arg(out.errorString()).toStdString(),
                            ReportWords::tr("choose another folder").toStdString(), file.toStdString());
        }
    });
}

} // namespace lori::ui
