// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>

namespace lori::ui {

/// A progress bar that is painted only when its value changes. Qt's Fusion style animates every bar that is neither empty nor
/// full, sixty times a second: 5 % of a core for as long as a run is paused (Qt 6.4.2). Without a range (0, 0) it is hatched.
class StillProgressBar final : public QProgressBar {
    Q_OBJECT

public:
    using QProgressBar::QProgressBar;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace lori::ui
