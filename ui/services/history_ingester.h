// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"
#include "database/history.h"

#include <QObject>
#include <QStringList>

#include <optional>

class QTimer;

namespace lori::ui {

/// The database's writer for run folders. Lives in its own thread with its own connection; all slots are called queued.
class HistoryIngester final : public QObject {
    Q_OBJECT

public:
    explicit HistoryIngester(Home home) : m_home(std::move(home)) {}

    void open();
    void ingestAll();
    void follow(const QStringList& runIds);

Q_SIGNALS:
    void failed(const lori::Error& error);

private:
    void ingestFollowed();

    Home m_home;
    std::optional<database::History> m_history;
    QStringList m_followed;
    QTimer* m_timer = nullptr;
};

} // namespace lori::ui
