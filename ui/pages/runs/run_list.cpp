// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_list.h"

#include <QEvent>
#include <QItemSelectionModel>

namespace lori::ui {

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
            Q_EMIT runChosen(current.data(TableRole::Id).toString());
        }
    });
    retranslate();
}

QString RunList::selectedRun() const
{
    return currentIndex().data(TableRole::Id).toString();
}

void RunList::select(const QString& runId)
{
    const int row = m_model->rowOf(runId);
    if (row >= 0) {
        setCurrentIndex(m_model->index(row, 0));
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
