// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_list.h"
#include "core/jobs/job_life.h"

#include "ui/icons.h"
#include "ui/services/run_service.h"
#include "ui/text.h"

#include <QEvent>
#include <QItemSelectionModel>

#include <algorithm>

namespace lori::ui {

void RunListModel::setEntries(std::vector<RunEntry> entries)
{
    std::stable_sort(entries.begin(), entries.end(), [](const RunEntry& a, const RunEntry& b) {
        const bool aLive = isLive(a.state);
        const bool bLive = isLive(b.state);
        return aLive != bLive ? aLive : a.id > b.id; // ids begin with the time of creation
    });
    if (entries == m_entries) {
        return;
    }
    const bool sameRuns = std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                                     [](const RunEntry& a, const RunEntry& b) { return a.id == b.id; });
    if (sameRuns) {
        m_entries = std::move(entries);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

void RunListModel::setState(const QString& runId, jobs::JobState state)
{
    const int row = rowOf(runId);
    if (row >= 0 && m_entries[static_cast<std::size_t>(row)].state != state) {
        m_entries[static_cast<std::size_t>(row)].state = state;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int RunListModel::rowOf(const QString& runId) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const RunEntry& entry) { return entry.id == runId; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

void RunListModel::retranslate()
{
    if (!m_entries.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const RunEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    const QString state = Text::state(entry.state);
    switch (role) {
    case Qt::DisplayRole:
        return tr("%1\n%2 · %3").arg(entry.name, state, Text::when(entry.createdMs));
    case Qt::DecorationRole:
        return icon(Text::stateIcon(entry.state));
    case Qt::ToolTipRole:
        return entry.id;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(entry.name, state);
    case Qt::UserRole:
        return entry.id;
    default:
        return {};
    }
}

RunList::RunList(QWidget* parent) : QListView(parent), m_model(new RunListModel(this))
{
    setObjectName(QStringLiteral("runList"));
    setModel(m_model);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setUniformItemSizes(true);
    setAlternatingRowColors(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSpacing(1);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) {
            Q_EMIT runChosen(current.data(Qt::UserRole).toString());
        }
    });
    retranslate();
}

QString RunList::selectedRun() const
{
    return currentIndex().data(Qt::UserRole).toString();
}

void RunList::select(const QString& runId)
{
    const int row = m_model->rowOf(runId);
    if (row >= 0) {
        setCurrentIndex(m_model->index(row));
    }
}

void RunList::retranslate()
{
    setAccessibleName(tr("Runs"));
    setWhatsThis(tr("Every run, those at work first. Arrow keys choose one; its charts appear on the right."));
    m_model->retranslate();
}

void RunList::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
