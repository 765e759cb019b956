// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/comparison_report.h"

#include "ui/pages/compare/compare_words.h"
#include "ui/pages/compare/report_words.h"
#include "ui/pages/compare/score_tables.h"
#include "ui/text.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

#include <algorithm>
#include <atomic>

namespace lori::ui {
namespace {

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
                         escaped(differenceWords(found->second)), escaped(differenceExplanation(found->second, higherIsBetter)));
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

QString curvesHtml(const std::vector<ReportCurve>& curves)
{
    QString html;
    for (const ReportCurve& curve : curves) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        curve.picture.save(&buffer, "PNG");
        html += QStringLiteral("<h3>%1</h3>\n<p><img width=\"%2\" alt=\"%1\" src=\"data:image/png;base64,%3\"></p>\n")
                    .arg(escaped(curve.title))
                    .arg(kReportCurveWidth)
                    .arg(QString::fromLatin1(png.toBase64()));
    }
    return html.isEmpty() ? html : QStringLiteral("<h2>%1</h2>\n").arg(escaped(ReportWords::tr("Curves"))) + html;
}

QString masksHtml(const std::optional<ComparedMasks>& masks)
{
    if (!masks || masks->overlap.pairs.empty()) {
        return {};
    }
    const auto cellsOf = [](QStringList cells) {
        std::transform(cells.begin(), cells.end(), cells.begin(), escaped);
        return cells;
    };
    QString html = QStringLiteral("<h2>%1</h2>\n<p>%2</p>\n<table>\n")
                       .arg(escaped(ReportWords::tr("Masks")), escaped(mask_pair_words::summary(*masks))) +
                   rowHtml(cellsOf(mask_pair_words::columns()), "th");
    for (const analysis::MaskPair& pair : masks->overlap.pairs) {
        html += rowHtml(cellsOf(mask_pair_words::row(*masks, pair)), "td");
    }
    return html + QStringLiteral("</table>\n");
}

/// Masks that cannot be read or compared leave the report without them; the page's own tab says why.
ReportParts partsOf(const Comparison& comparison, const std::filesystem::path& historyFile)
{
    ReportParts parts;
    parts.curves = reportCurves(historyFile, comparison).value();
    if (auto masks = compareRunMasks(masksOf(comparison), std::make_shared<const std::atomic_bool>(false))) {
        parts.masks = std::move(*masks);
    }
    return parts;
}

/// The page on A4 across, so that several runs stand side by side.
QByteArray pdfOf(const QString& page)
{
    constexpr int kMargin = 15;     // millimetres
    constexpr int kDotsAnInch = 96; // as the page's pixels
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageLayout({QPageSize(QPageSize::A4), QPageLayout::Landscape, QMarginsF(kMargin, kMargin, kMargin, kMargin),
                          QPageLayout::Millimeter});
    writer.setResolution(kDotsAnInch);
    writer.setTitle(ReportWords::tr("Comparison of runs"));
    QTextDocument document;
    document.setDefaultFont(QFont(QStringLiteral("sans-serif"), 9));
    document.setHtml(page);
    document.setPageSize(QSizeF(writer.pageLayout().paintRectPixels(kDotsAnInch).size()));
    document.print(&writer);
    return pdf;
}

} // namespace

QString reportHtml(const Comparison& comparison, const ReportParts& parts)
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
    html += curvesHtml(parts.curves) + masksHtml(parts.masks);
    return html + QStringLiteral("</body></html>\n");
}

Result<void> saveReport(const Comparison& comparison, const std::filesystem::path& historyFile, const QString& file)
{
    return guard([&] {
        QByteArray content;
        const QString ending = QFileInfo(file).suffix().toLower();
        if (ending == QLatin1String("csv")) {
            content = scoresCsv(comparison).toUtf8();
        } else if (ending == QLatin1String("tex")) {
            content = scoresLatex(comparison).toUtf8();
        } else if (ending == QLatin1String("html") || ending == QLatin1String("htm") || ending == QLatin1String("pdf")) {
            const QString page = reportHtml(comparison, partsOf(comparison, historyFile));
            content = ending == QLatin1String("pdf") ? pdfOf(page) : page.toUtf8();
        } else {
            throw Exception(ErrorCode::InvalidArgument,
                            ReportWords::tr("a report is saved as .html or .pdf, its scores as .csv or .tex").toStdString(),
                            ReportWords::tr("choose one of these endings").toStdString(), file.toStdString());
        }
        QSaveFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(content) < 0 || !out.commit()) {
            throw Exception(ErrorCode::Io, ReportWords::tr("the report was not saved: %1").arg(out.errorString()).toStdString(),
                            ReportWords::tr("choose another folder").toStdString(), file.toStdString());
        }
    });
}

} // namespace lori::ui
