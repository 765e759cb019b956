// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QWidget>

namespace lori::ui::test {

/// Widgets that take the focus, less the inner parts of compound ones.
inline QList<QWidget*> interactive(QWidget& root)
{
    QList<QWidget*> found;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        const bool inner =
            qobject_cast<QLineEdit*>(widget) != nullptr && (qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) != nullptr ||
                                                            qobject_cast<QComboBox*>(widget->parentWidget()) != nullptr);
        const bool ofQt = widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<QScrollBar*>(widget) != nullptr ||
                          widget->inherits("QComboBoxPrivateContainer") || widget->inherits("QComboBoxListView") ||
                          widget->inherits("QHeaderView") || widget->inherits("QTabBar") ||
                          widget->inherits("QTableCornerButton") || widget->inherits("QMenu") || widget->inherits("QMenuBar");
        if (widget->focusPolicy() != Qt::NoFocus && widget->focusProxy() == nullptr && !inner && !ofQt) {
            found.append(widget);
        }
    }
    return found;
}

inline QString whereIs(const QWidget* widget)
{
    QStringList path;
    for (; widget != nullptr; widget = widget->parentWidget()) {
        path.prepend(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char('#') + widget->objectName());
    }
    return path.join(QStringLiteral(" > "));
}

} // namespace lori::ui::test
