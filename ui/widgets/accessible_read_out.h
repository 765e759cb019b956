// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QString>

#include <functional>

class QWidget;

namespace lori::ui {

/// Gives an own-painted widget a role and a value text ("step 12; loss: 1.3") for screen readers. Lives as long as the widget.
void exposeReadOut(QWidget* widget, QAccessible::Role role, std::function<QString()> readOut);

} // namespace lori::ui
