// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_score_matrix.h"

#include "ui/text.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>

#include <algorithm>

namespace lori::ui {
namespace {

constexpr int kShownHeight = 420; ///< pixels; then the table scrolls

class MergeScoreWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::MergeScoreWords)
};

Tone toneOf(ScoreVerdict verdict)
{
    return verdict == ScoreVerdict::Better ? Tone::Good : verdict == ScoreVerdict::Worse ? Tone::Alarm : Tone::Quiet;
}

QString titleOf(const ScoreKey& key, bool higherIsBetter)
{
    const QString title = key.metric == "pooled_accuracy" ? Text::task(QString::fromStdString(key.task)) : scoreTitleShort(key);
    return higherIsBetter ? title : MergeScoreWords::tr("%1\n(lower is better)", "a score's name").arg(title);
}

QString wordsOf(const ScoreDifference& difference)
{
    const QString points = signedPoints(difference.points);
    return difference.verdict == ScoreVerdict::NoClearDifference
               ? MergeScoreWords::tr("%1 points, no clear difference").arg(points)
           : difference.verdict == ScoreVerdict::Better ? MergeScoreWords::tr("%1 points, clearly better").arg(points)
                                                        : MergeScoreWords::tr("%1 points, clearly worse").arg(points);
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 2);
}

} // namespace

MergeScoreMatrix::MergeScoreMatrix(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("scoreMatrix"));
    setAccessibleName(tr("Scores of the adapters and of their merges"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setWordWrap(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

void MergeScoreMatrix::show(const MergeScores& scores, const QString& mergeId)
{
    clear();
    setAccessibleName(tr("Scores of the adapters and of their merges"));
    std::vector<ScoreKey> keys;
    QStringList titles;
    for (const auto& [key, higherIsBetter] : scores.columns) {
        keys.push_back(key);
        titles << titleOf(key, higherIsBetter);
    }
    setColumnCount(static_cast<int>(keys.size()));
    setRowCount(static_cast<int>(scores.variants.size()));
    setHorizontalHeaderLabels(titles);
    for (int row = 0; row < rowCount(); ++row) {
        const MergeVariant& variant = scores.variants[static_cast<std::size_t>(row)];
        auto* title = new QTableWidgetItem(variant.isMerge() ? variant.name + QLatin1Char('\n') + variant.about : variant.name);
        QFont font = title->font();
        font.setBold(variant.isMerge() && variant.mergeId == mergeId);
        title->setFont(font);
        title->setToolTip(QString::fromStdString(variant.folder.string()));
        setVerticalHeaderItem(row, title);
        for (int column = 0; column < columnCount(); ++column) {
            fillCell(row, column, scores, keys[static_cast<std::size_t>(column)]);
        }
    }
    resizeRowsToContents();
    const int wanted = horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 2 * frameWidth() +
                       fontMetrics().height(); // room for a bar to scroll by
    setFixedHeight(std::min(wanted, kShownHeight));
}

void MergeScoreMatrix::fillCell(int row, int column, const MergeScores& scores, const ScoreKey& key)
{
    auto* item = new QTableWidgetItem;
    setItem(row, column, item);
    const auto cell = scores.cells.find({static_cast<std::size_t>(row), key});
    if (cell == scores.cells.end()) {
        item->setText(QStringLiteral("–"));
        item->setToolTip(tr("not measured"));
        item->setData(Qt::AccessibleTextRole, tr("not measured"));
        return;
    }
    const database::Score& score = cell->second.measured.score;
    const QLocale locale;
    QString text = Text::rate(score.value, score.low, score.high);
    QString tip =
        tr("%1 of %2 answers; in brackets the 95 % interval")
            .arg(locale.toString(static_cast<qlonglong>(score.hits)), locale.toString(static_cast<qlonglong>(score.rows)));
    if (const auto& difference = cell->second.difference) {
        const QString words = wordsOf(*difference);
        const QString against = tr("Held against %1.", "an adapter's name").arg(scores.variants[cell->second.against].name);
        text += QLatin1Char('\n') + words;
        tip += QLatin1Char('\n') + against + QLatin1Char(' ') +
               differenceExplanation(*difference, cell->second.measured.higherIsBetter);
        item->setForeground(toneColour(toneOf(difference->verdict), palette()));
    }
    item->setText(text);
    item->setToolTip(tip);
    item->setData(Qt::AccessibleTextRole, text + QStringLiteral(". ") + tip);
}

void MergeScoreMatrix::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyAsked();
        event->accept();
        return;
    }
    QTableWidget::keyPressEvent(event);
}

namespace {

QString verdictText(ScoreVerdict verdict)
{
    return verdict == ScoreVerdict::NoClearDifference ? MergeScoreWords::tr("no clear difference")
           : verdict == ScoreVerdict::Better          ? MergeScoreWords::tr("clearly better")
                                                      : MergeScoreWords::tr("clearly worse");
}

/// Value, interval, difference and verdict of one cell; empty fields for what was not measured.
QStringList fieldsOf(const MergeScores& scores, std::size_t row, const ScoreKey& key)
{
    const auto cell = scores.cells.find({row, key});
    if (cell == scores.cells.end()) {
        return {QString(), QString(), QString(), QString(), QString()};
    }
    const database::Score& score = cell->second.measured.score;
    QStringList fields{percent(score.value), percent(score.low), percent(score.high)};
    if (const auto& difference = cell->second.difference) {
        return fields << QString::number(difference->points, 'f', 2) << verdictText(difference->verdict);
    }
    return fields << QString() << QString();
}

QString lineOf(QStringList fields)
{
    for (QString& field : fields) {
        field.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    }
    return fields.join(QLatin1Char('\t')) + QLatin1Char('\n');
}

} // namespace

QString tabSeparated(const MergeScores& scores)
{
    QStringList titles{MergeScoreWords::tr("Adapter or merge")};
    for (const auto& [key, higherIsBetter] : scores.columns) {
        const QString title = titleOf(key, true);
        titles << MergeScoreWords::tr("%1 (%)", "a score's name").arg(title) << MergeScoreWords::tr("%1, low").arg(title)
               << MergeScoreWords::tr("%1, high").arg(title) << MergeScoreWords::tr("%1, difference (points)").arg(title)
               << MergeScoreWords::tr("%1, verdict").arg(title);
    }
    QString text = titles.join(QLatin1Char('\t')) + QLatin1Char('\n');
    for (std::size_t row = 0; row < scores.variants.size(); ++row) {
        const MergeVariant& variant = scores.variants[row];
        QStringList fields{variant.isMerge() ? variant.name + QStringLiteral(": ") + variant.about : variant.name};
        for (const auto& [key, higherIsBetter] : scores.columns) {
            fields << fieldsOf(scores, row, key);
        }
        text += lineOf(std::move(fields));
    }
    return text;
}

} // namespace lori::ui
