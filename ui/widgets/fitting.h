// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QWidget>

namespace lori::ui {

/// Gives a dialog this size, but never more than the window it belongs to: letters may be large and screens small.
inline void resizeWithinParent(QWidget& dialog, QSize wanted)
{
    const QWidget* window = dialog.parentWidget() != nullptr ? dialog.parentWidget()->window() : nullptr;
    dialog.resize(window != nullptr ? wanted.boundedTo(window->size()) : wanted);
}

/// A place that shows `body` as it is while it fits and scrolls it when it does not; without frame, ground or focus of its own.
inline QScrollArea* scrolling(QWidget* body, const QString& name, QWidget* parent)
{
    auto* scroll = new QScrollArea(parent);
    scroll->setObjectName(name);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    return scroll;
}

} // namespace lori::ui
