// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/score_matrix.h"

#include "ui/pages/compare/compare_words.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QLocale>

namespace lori::ui {
namespace {

Tone toneOf(ScoreVerdict verdict)
{
    return verdict == ScoreVerdict::Better ? Tone::Good : verdict == ScoreVerdict::Worse ? Tone::Alarm : Tone::Quiet;
}

/// In lines of some thirty letters, so that the runs keep their room.
QString inLines(const QString& text)
{
    constexpr int kLetters = 32;
    QString lines;
    int inLine = 0;
    for (const QString& word : text.split(QLatin1Char(' '))) {
        const bool breaks = inLine > 0 && inLine + static_cast<int>(word.size()) > kLetters;
        lines += (lines.isEmpty() ? QString() : breaks ? QStringLiteral("\n") : QStringLiteral(" ")) + word;
        inLine = static_cast<int>(word.size()) + (breaks ? 0 : inLine + 1);
    }
    return lines;
}

} // namespace

ScoreMatrix::ScoreMatrix(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("compareScores"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setWordWrap(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    connect(this, &QTableWidget::cellActivated, this, [this](int row, int column) {
        if (row < static_cast<int>(m_keys.size())) {
            Q_EMIT answersAsked(m_keys[static_cast<std::size_t>(row)], column);
        }
    });
}

void ScoreMatrix::show(const Comparison& comparison)
{
    clear();
    m_keys.clear();
    setAccessibleName(tr("Scores of the compared runs"));
    QStringList titles;
    for (std::size_t i = 0; i < comparison.sides.size(); ++i) {
        const QString title = comparison.sideTitle(i);
        titles << (i == comparison.baseline ? tr("%1\n(baseline)", "a run's name").arg(title) : title);
    }
    QStringList rows;
    for (const auto& [key, higherIsBetter] : comparison.scores) {
        m_keys.push_back(key);
        const QString title = inLines(compare_words::scoreTitle(key));
        rows << (higherIsBetter ? title : tr("%1\n(lower is better)", "a score's name").arg(title));
    }
    setColumnCount(static_cast<int>(titles.size()));
    setRowCount(static_cast<int>(rows.size()));
    setHorizontalHeaderLabels(titles);
    setVerticalHeaderLabels(rows);
    for (int column = 0; column < columnCount(); ++column) {
        const ComparedSide& side = comparison.sides[static_cast<std::size_t>(column)];
        for (int row = 0; row < rowCount(); ++row) {
            const ScoreKey& key = m_keys[static_cast<std::size_t>(row)];
            auto* item = new QTableWidgetItem;
            const auto score = side.scores.find(key);
            if (score == side.scores.end()) {
                item->setText(QStringLiteral("–"));
                item->setToolTip(tr("not measured"));
                item->setData(Qt::AccessibleTextRole, tr("not measured"));
                setItem(row, column, item);
                continue;
            }
            const database::Score& value = score->second;
            QString text = Text::rate(value.value, value.low, value.high);
            QString tip = tr("%1 of %2 answers; in brackets the 95 % interval")
                              .arg(QLocale().toString(static_cast<qlonglong>(value.hits)),
                                   QLocale().toString(static_cast<qlonglong>(value.rows)));
            const auto difference = side.differences.find(key);
            if (difference != side.differences.end()) {
                text += QLatin1Char('\n') + differenceWords(difference->second);
                tip += QLatin1Char('\n') + differenceExplanation(difference->second, comparison.scores.at(key));
                item->setForeground(toneColour(toneOf(difference->second.verdict), palette()));
            }
            item->setText(text);
            item->setToolTip(tip);
            setItem(row, column, item);
        }
    }
}

} // namespace lori::ui
