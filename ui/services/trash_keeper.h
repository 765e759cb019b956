// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <cstdint>

namespace lori::ui {

class HistoryService;
class Preferences;

/// Deletes what has lain in the trash for as long as the settings say, as soon as the history is open and then every few hours.
/// The time of a run begins when it was put there, but never before the rule was chosen: nobody's older trash goes at once.
class TrashKeeper final : public QObject {
    Q_OBJECT

public:
    static constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

    /// Both outlive it.
    TrashKeeper(HistoryService& history, Preferences& preferences, QObject* parent = nullptr);

    /// Runs whose time is over at this Unix time; none while the history is not open.
    [[nodiscard]] QStringList over(std::int64_t nowMs) const;
    /// Deletes them.
    void look(std::int64_t nowMs);

Q_SIGNALS:
    /// So many runs are on their way out, after so many days.
    void deleting(int runs, int days);

private:
    HistoryService& m_history;
    Preferences& m_preferences;
    bool m_looked = false; ///< at least once in this session
};

} // namespace lori::ui
