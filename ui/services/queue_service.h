// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_folder.h"
#include "database/queue.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <functional>

namespace lori::ui {

class HistoryService;

/// The window's view of the queue: jobs and runs that wait in a person's order, and their one worker, which needs no window.
/// Changes are written in the history's writer thread, in their order; HistoryService::failed tells what could not be done.
class QueueService final : public QObject {
    Q_OBJECT

public:
    /// The history outlives this object.
    QueueService(Home home, HistoryService& history, QObject* parent = nullptr);

    /// The newest snapshot. Errors: Busy (the history is not open yet), BadFile, Io.
    [[nodiscard]] Result<database::QueueContent> content() const;

    /// At the end of the queue; then starts a worker, unless `start` is false or one is alive.
    void add(const std::filesystem::path& folder, const database::QueueOptions& options = {}, bool start = true);
    void remove(const QString& job);
    /// Every entry that is done or failed.
    void removeEnded();
    /// To `place` among those that wait, from 1; past the end means last.
    void move(const QString& job, std::int64_t place);
    /// A paused queue begins nothing; what is at work goes on. Going on starts a worker when none is alive.
    void setPaused(bool paused);

    /// Whether a worker of this home's queue is alive, whoever started it.
    [[nodiscard]] bool hasWorker() const;
    /// Starts one, detached, when none is alive. Errors: those of ui::startWorker.
    [[nodiscard]] Result<void> work();

Q_SIGNALS:
    /// content() says something else than before.
    void changed();
    /// The worker could not be started.
    void failed(const lori::Error& error);

private:
    using Change = std::function<Result<void>(const database::Queue&)>;
    /// Carries out a change in the writer's thread, and then, when it went well and `start` is set, starts a worker.
    void write(const Change& change, bool start = false);
    void look();

    Home m_home;
    HistoryService& m_history;
    std::int64_t m_revision = -1; ///< of the content that was told last
};

} // namespace lori::ui
