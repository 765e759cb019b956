// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/preferences.h"

#include <algorithm>

namespace lori::ui {

Look Preferences::look() const
{
    return lookFromName(m_settings.value(QStringLiteral("look")).toString());
}

bool Preferences::notifies() const
{
    return m_settings.value(QStringLiteral("notifies"), true).toBool();
}

void Preferences::setNotifies(bool notifies)
{
    m_settings.setValue(QStringLiteral("notifies"), notifies);
}

void Preferences::setLook(Look look)
{
    m_settings.setValue(QStringLiteral("look"), lookName(look));
}

int Preferences::threads() const
{
    return std::max(0, m_settings.value(QStringLiteral("threads"), 0).toInt());
}

void Preferences::setThreads(int threads)
{
    m_settings.setValue(QStringLiteral("threads"), threads);
}

int Preferences::trashDays() const
{
    constexpr int kDays = 30;
    return m_settings.value(QStringLiteral("trash/days"), kDays).toInt();
}

std::int64_t Preferences::trashRuleSinceMs() const
{
    return m_settings.value(QStringLiteral("trash/since"), 0).toLongLong();
}

void Preferences::setTrashRule(int days, std::int64_t sinceMs)
{
    m_settings.setValue(QStringLiteral("trash/days"), days);
    m_settings.setValue(QStringLiteral("trash/since"), static_cast<qlonglong>(sinceMs));
}

QString Preferences::language() const
{
    return m_settings.value(QStringLiteral("language")).toString();
}

void Preferences::setLanguage(const QString& locale)
{
    m_settings.setValue(QStringLiteral("language"), locale);
}

std::optional<Preferences::WindowState> Preferences::windowState() const
{
    if (m_settings.value(QStringLiteral("window/version")).toInt() != kWindowStateVersion) {
        return std::nullopt;
    }
    return WindowState{m_settings.value(QStringLiteral("window/geometry")).toByteArray(),
                       m_settings.value(QStringLiteral("window/state")).toByteArray()};
}

void Preferences::setWindowState(const WindowState& state)
{
    m_settings.setValue(QStringLiteral("window/version"), kWindowStateVersion);
    m_settings.setValue(QStringLiteral("window/geometry"), state.geometry);
    m_settings.setValue(QStringLiteral("window/state"), state.state);
}

void Preferences::forgetWindowState()
{
    m_settings.remove(QStringLiteral("window"));
    m_settings.remove(QStringLiteral("layout"));
}

QByteArray Preferences::layout(const QString& name) const
{
    return m_settings.value(QStringLiteral("layout/") + name).toByteArray();
}

void Preferences::setLayout(const QString& name, const QByteArray& state)
{
    m_settings.setValue(QStringLiteral("layout/") + name, state);
}

QVariantMap Preferences::historyViews() const
{
    return m_settings.value(QStringLiteral("history/views")).toMap();
}

void Preferences::setHistoryViews(const QVariantMap& views)
{
    m_settings.setValue(QStringLiteral("history/views"), views);
}

QStringList Preferences::dataFiles() const
{
    return m_settings.value(QStringLiteral("data/files")).toStringList();
}

void Preferences::rememberDataFile(const QString& file)
{
    constexpr int kMost = 30;
    QStringList files = dataFiles();
    files.removeAll(file);
    files.prepend(file);
    m_settings.setValue(QStringLiteral("data/files"), files.mid(0, kMost));
}

} // namespace lori::ui
