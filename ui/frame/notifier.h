// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

class QSystemTrayIcon;

namespace lori::ui {

class Preferences;

/// Tells the desktop that a run has ended while nobody looks at the window: the task bar, and a notification where the desktop
/// shows any and the settings allow it.
class Notifier final : public QObject {
    Q_OBJECT

public:
    /// `preferences` outlives this object.
    Notifier(const Preferences& preferences, QObject* parent);
    ~Notifier() override;

    /// Nothing while one of the program's windows is in front. A click on the notification brings `open`.
    void tell(const QString& text, std::function<void()> open);

    /// What shows a notification; the desktop's own unless a test puts another in its place.
    using Show = std::function<void(const QString& title, const QString& text)>;
    void setShow(Show show) { m_show = std::move(show); }
    /// Whether a window of the program is in front; a test puts its own answer.
    void setIsLookedAt(std::function<bool()> isLookedAt) { m_isLookedAt = std::move(isLookedAt); }
    /// As a click on the newest notification.
    void open();

private:
    void showOnDesktop(const QString& title, const QString& text);

    const Preferences& m_preferences;
    QSystemTrayIcon* m_tray = nullptr;
    Show m_show;
    std::function<bool()> m_isLookedAt;
    std::function<void()> m_open;
};

} // namespace lori::ui
