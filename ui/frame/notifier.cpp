// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/notifier.h"

#include "ui/services/preferences.h"

#include <QApplication>
#include <QSystemTrayIcon>

#include <utility>

namespace lori::ui {

Notifier::Notifier(const Preferences& preferences, QObject* parent) : QObject(parent), m_preferences(preferences)
{
    m_show = [this](const QString& title, const QString& text) {
        showOnDesktop(title, text);
    };
    m_isLookedAt = [] {
        return QApplication::activeWindow() != nullptr;
    };
}

Notifier::~Notifier() = default;

void Notifier::tell(const QString& text, std::function<void()> open)
{
    if (m_isLookedAt()) {
        return;
    }
    QApplication::alert(nullptr);
    if (m_preferences.notifies()) {
        m_open = std::move(open);
        m_show(QApplication::applicationDisplayName(), text);
    }
}

void Notifier::open()
{
    if (const auto now = std::exchange(m_open, nullptr)) {
        now();
    }
}

void Notifier::showOnDesktop(const QString& title, const QString& text)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages()) {
        return;
    }
    if (m_tray == nullptr) { // Qt shows notifications through an icon only; it is there while one may be read
        m_tray = new QSystemTrayIcon(QApplication::windowIcon(), this);
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, &Notifier::open);
        connect(m_tray, &QSystemTrayIcon::activated, this, &Notifier::open);
        connect(qGuiApp, &QGuiApplication::applicationStateChanged, m_tray, [this](Qt::ApplicationState state) {
            if (state == Qt::ApplicationActive) {
                m_tray->hide();
            }
        });
    }
    m_tray->show();
    m_tray->setToolTip(title);
    m_tray->showMessage(title, text, QApplication::windowIcon());
}

} // namespace lori::ui
