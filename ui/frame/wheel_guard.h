// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace lori::ui {

/// The wheel scrolls the page. A list, spin box or slider under the pointer takes it only when it has the focus, and the wheel
/// never gives it the focus. Lives as long as the window; works for everything in the program.
class WheelGuard final : public QObject {
    Q_OBJECT

public:
    explicit WheelGuard(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace lori::ui
