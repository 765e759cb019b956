// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"
#include "database/history.h"

#include <QObject>

#include <functional>
#include <optional>

namespace lori::ui {

/// The window's writer of a person's edits: a thread's worth of waiting for locks that no view feels. Lives in its own thread
/// with its own connection; call open() and perform() queued, which keeps edits in the order in which they were made.
class HistoryWriter final : public QObject {
    Q_OBJECT

public:
    using Edit = std::function<Result<void>(const database::History&)>;

    explicit HistoryWriter(Home home) : m_home(std::move(home)) {}

    /// Makes the database or brings it up to date; answers by opened() or failedToOpen().
    void open();
    /// Carries out an edit and answers by done(). A history that others keep locked is tried again for half a minute.
    void perform(const Edit& edit);

Q_SIGNALS:
    void opened();
    void failedToOpen(const lori::Error& error);
    /// Nothing when all went well.
    void done(const std::optional<lori::Error>& error);

private:
    Home m_home;
    std::optional<database::History> m_history;
};

} // namespace lori::ui
