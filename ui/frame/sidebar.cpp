// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/sidebar.h"

#include "ui/models/run_drag.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QSignalBlocker>
#include <QTimer>

namespace lori::ui {

namespace {

constexpr int kHoldMs = 500; // over a line, then its page is shown

} // namespace

Sidebar::Sidebar(const QList<QAction*>& actions, QWidget* parent) : QListWidget(parent), m_actions(actions)
{
    setObjectName(QStringLiteral("sidebar"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    const int em = fontMetrics().height();
    setIconSize(QSize(em * 4 / 3, em * 4 / 3));
    setViewportMargins(em / 3, em / 3, em / 3, 0);
    setSpacing(1);
    for (const QAction* action : actions) {
        auto* item = new QListWidgetItem(action->icon(), QString(), this);
        item->setSizeHint(QSize(0, em * 5 / 2));
        connect(action, &QAction::changed, this, &Sidebar::showTexts);
    }
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) {
            m_actions[row]->trigger();
        }
    });
    setAcceptDrops(true);
    viewport()->setAcceptDrops(true);
    m_holding = new QTimer(this);
    m_holding->setSingleShot(true);
    m_holding->setInterval(kHoldMs);
    connect(m_holding, &QTimer::timeout, this, [this] { setCurrentRow(m_held); });
    showTexts();
}

void Sidebar::hold(int row)
{
    if (row != m_held) {
        m_held = row;
        if (row >= 0 && row != currentRow()) {
            m_holding->start();
        } else {
            m_holding->stop();
        }
    }
}

void Sidebar::dragEnterEvent(QDragEnterEvent* event)
{
    event->setAccepted(!runsIn(*event->mimeData()).isEmpty()); // files are for the window
}

void Sidebar::dragMoveEvent(QDragMoveEvent* event)
{
    hold(row(itemAt(event->position().toPoint())));
    event->ignore(); // nothing is dropped here
}

void Sidebar::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    hold(-1);
}

void Sidebar::dropEvent(QDropEvent* event)
{
    hold(-1);
    event->ignore();
}

void Sidebar::select(int place)
{
    const QSignalBlocker quiet(this);
    setCurrentRow(place);
}

void Sidebar::changeEvent(QEvent* event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        showTexts();
    }
}

void Sidebar::showTexts()
{
    setAccessibleName(tr("Pages"));
    int widest = 0;
    for (int i = 0; i < count(); ++i) {
        const QString name = m_actions[i]->text();
        const QString key = m_actions[i]->shortcut().toString(QKeySequence::NativeText);
        item(i)->setText(name);
        item(i)->setToolTip(key.isEmpty() ? name : tr("%1 (%2)", "page and its key").arg(name, key));
        widest = qMax(widest, fontMetrics().horizontalAdvance(name));
    }
    setFixedWidth(widest + iconSize().width() + fontMetrics().height() * 3);
}

/// A mark round the current line while keys go to it: the style draws a chosen line alike with and without the focus.
void Sidebar::paintEvent(QPaintEvent* event)
{
    QListWidget::paintEvent(event);
    if (!hasFocus() || currentItem() == nullptr) {
        return;
    }
    QPainter painter(viewport());
    const QRect line = visualItemRect(currentItem());
    painter.setPen(QPen(palette().color(QPalette::Text), 2)); // two colours: one of them stands out on whatever is below
    painter.drawRect(line.adjusted(1, 1, -1, -1));
    painter.setPen(QPen(palette().color(QPalette::Base), 1));
    painter.drawRect(line.adjusted(2, 2, -3, -3));
}

} // namespace lori::ui
