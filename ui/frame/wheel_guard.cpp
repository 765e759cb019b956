// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>

namespace lori::ui {

namespace {

/// The widget whose value the wheel would change, or nullptr: a spin box's line lies inside it.
QWidget* valueWidget(QObject* watched)
{
    auto* widget = qobject_cast<QWidget*>(watched);
    for (int up = 0; widget != nullptr && up < 2; ++up, widget = widget->parentWidget()) {
        const bool slider = qobject_cast<QAbstractSlider*>(widget) != nullptr && qobject_cast<QScrollBar*>(widget) == nullptr;
        if (slider || qobject_cast<QAbstractSpinBox*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr) {
            return widget;
        }
    }
    return nullptr;
}

} // namespace

WheelGuard::WheelGuard(QObject* parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Polish) {
        // WheelFocus would hand over the focus just before the wheel arrives
        if (QWidget* widget = valueWidget(watched);
            widget == watched && widget != nullptr && widget->focusPolicy() == Qt::WheelFocus) {
            widget->setFocusPolicy(Qt::StrongFocus);
        }
    } else if (event->type() == QEvent::Wheel) {
        if (const QWidget* widget = valueWidget(watched); widget != nullptr && !widget->hasFocus()) {
            event->ignore(); // goes on to the parent, which scrolls
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lori::ui
