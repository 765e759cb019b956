// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/start_clock.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace lori::ui {

void StartClock::quitAfterFirstPaint(QWidget& window)
{
    window.installEventFilter(this);
}

bool StartClock::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint) {
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, [this] { // after the paint itself
            std::printf("first paint after %lld ms\n", static_cast<long long>(m_elapsed.elapsed()));
            std::fflush(stdout);
            QCoreApplication::quit();
        });
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lori::ui
