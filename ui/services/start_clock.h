// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

class QWidget;

namespace lori::ui {

/// Measures from its construction to a window's first paint, prints "first paint after 312 ms" on standard output, and quits.
class StartClock final : public QObject {
    Q_OBJECT

public:
    StartClock() { m_elapsed.start(); }
    void quitAfterFirstPaint(QWidget& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QElapsedTimer m_elapsed;
};

} // namespace lori::ui
