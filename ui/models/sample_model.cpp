// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sample_model.h"

namespace lori::ui {

QString answerCell(const Sample::Answer& answer)
{
    return (answer.good ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + QString::fromStdString(answer.text).simplified();
}

SampleModel::SampleModel(QObject* parent) : TableModel(parent)
{
    setSamples({}, {});
}

void SampleModel::setSamples(const QStringList& titles, std::vector<Sample> samples)
{
    m_scores = static_cast<std::size_t>(titles.size());
    std::vector<TableColumn<Sample>> columns{
        {.id = QStringLiteral("question"),
         .title = [] { return tr("Question"); },
         .text = [](const Sample& row) { return QString::fromStdString(row.prompt).simplified(); },
         .tip =
             [](const Sample& row) {
                 return QString::fromStdString(row.prompt);
             }}};
    for (std::size_t i = m_scores; i-- > 0;) {
        const QString title = i + 1 == m_scores ? tr("%1 (newest)", "a check").arg(titles[static_cast<qsizetype>(i)])
                                                : titles[static_cast<qsizetype>(i)];
        columns.push_back(
            {.id = QStringLiteral("score.%1").arg(i),
             .title = [title] { return title; },
             .text = [i](const Sample& row) { return row.answers[i].there ? answerCell(row.answers[i]) : QStringLiteral("–"); },
             .tip = [i](const Sample& row) { return QString::fromStdString(row.answers[i].text); },
             .spoken =
                 [i](const Sample& row) {
                     const Sample::Answer& answer = row.answers[i];
                     const QString text = QString::fromStdString(answer.text).simplified();
                     return !answer.there ? tr("not asked") : answer.good ? tr("right: %1").arg(text) : tr("wrong: %1").arg(text);
                 }});
    }
    reset(std::move(columns), std::move(samples));
}

const Sample::Answer* SampleModel::answerAt(const QModelIndex& index) const
{
    const Sample* row = rowAt(index);
    if (row == nullptr || index.column() < 1 || static_cast<std::size_t>(index.column()) > m_scores) {
        return nullptr;
    }
    const Sample::Answer& answer = row->answers[m_scores - static_cast<std::size_t>(index.column())];
    return answer.there ? &answer : nullptr;
}

const Sample::Answer* SampleModel::answerBefore(const QModelIndex& index) const
{
    for (int column = index.column() + 1; index.column() > 0 && column < columnCount(); ++column) {
        if (const Sample::Answer* found = answerAt(index.siblingAtColumn(column))) {
            return found;
        }
    }
    return nullptr;
}

std::vector<TextSpan> SampleModel::changesIn(const QModelIndex& index) const
{
    const Sample::Answer* now = answerAt(index);
    const Sample::Answer* before = answerBefore(index);
    return now == nullptr || before == nullptr ? std::vector<TextSpan>() : changedWords(answerCell(*before), answerCell(*now));
}

} // namespace lori::ui
