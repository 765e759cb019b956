// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>
#include <QVariantMap>

#include <cstdint>
#include <optional>

namespace lori::ui {

/// What a person chose about the window itself. Experiments, notes and results are never kept here.
class Preferences final {
public:
    /// Raised whenever docks, tool bars or the layout change, so that an older state is not applied to them.
    static constexpr int kWindowStateVersion = 1;

    [[nodiscard]] Look look() const;
    void setLook(Look look);
    /// "", "en" or "zh_CN"; "" follows the system.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& locale);

    /// Whether the desktop tells of ended runs; yes unless switched off.
    [[nodiscard]] bool notifies() const;
    void setNotifies(bool notifies);

    /// Processor threads of experiments that begin from a preset; 0 = every core.
    [[nodiscard]] int threads() const;
    void setThreads(int threads);

    /// Days after which a run in the trash is deleted for good; 0 = never. 30 unless chosen otherwise.
    [[nodiscard]] int trashDays() const;
    /// Unix time from which the rule holds; 0 before anybody has begun it.
    [[nodiscard]] std::int64_t trashRuleSinceMs() const;
    void setTrashRule(int days, std::int64_t sinceMs);

    struct WindowState {
        QByteArray geometry;
        QByteArray state;
    };
    /// None when nothing was saved, or by another version.
    [[nodiscard]] std::optional<WindowState> windowState() const;
    void setWindowState(const WindowState& state);
    /// And every layout().
    void forgetWindowState();

    /// How a page's table was arranged, under a name of its own; empty when nothing was saved.
    [[nodiscard]] QByteArray layout(const QString& name) const;
    void setLayout(const QString& name, const QByteArray& state);

    /// Kept views of the history's table by name: what HistoryPage makes of each is its own business.
    [[nodiscard]] QVariantMap historyViews() const;
    void setHistoryViews(const QVariantMap& views);

    /// Data files that a person opened, newest first: their paths, never what they hold.
    [[nodiscard]] QStringList dataFiles() const;
    /// Puts a file in front of the others; only the newest thirty are kept.
    void rememberDataFile(const QString& file);

private:
    QSettings m_settings{QStringLiteral("LoRI"), QStringLiteral("Workbench")};
};

} // namespace lori::ui
