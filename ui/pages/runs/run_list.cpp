// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_list.h"

#include "ui/models/run_drag.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QEvent>
#include <QItemSelectionModel>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>

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

/// A press alone chooses nothing: it may begin to drag a run onto the charts of the one that is shown.
void RunList::mousePressEvent(QMouseEvent* event)
{
    m_pressed = indexAt(event->pos());
    m_pressedAt = event->pos();
    if (!m_pressed.isValid()) {
        QListView::mousePressEvent(event);
    }
}

void RunList::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed.isValid() || (event->buttons() & Qt::LeftButton) == 0) {
        QListView::mouseMoveEvent(event);
    } else if ((event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
        const QString id = m_pressed.data(TableRole::Id).toString();
        m_pressed = QModelIndex();
        auto* drag = new QDrag(this); // Qt's, which deletes it
        drag->setMimeData(runsAsMime({id}).release());
        drag->exec(Qt::CopyAction);
    }
}

void RunList::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_pressed.isValid() && indexAt(event->pos()) == m_pressed) {
        setCurrentIndex(m_pressed);
    }
    m_pressed = QModelIndex();
}

void RunList::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid()) {
        return;
    }
    const QString id = index.data(TableRole::Id).toString();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("runListMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* add = menu->addAction(tr("&Add to the charts"), this, [this, id] { Q_EMIT overlayAsked(id); });
    add->setObjectName(QStringLiteral("runListOverlay"));
    add->setEnabled(id != selectedRun()); // over its own curves it would show nothing
    menu->popup(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                            : viewport()->mapToGlobal(visualRect(index).center()));
}

void RunList::retranslate()
{
    setAccessibleName(tr("Runs"));
    setWhatsThis(
        tr("Every run, those at work first. Arrow keys choose one; its charts appear on the right. Drag another one onto "
           "the charts to lay its curves over them."));
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
