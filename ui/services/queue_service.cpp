// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/queue_service.h"

#include "core/jobs/file_lock.h"
#include "ui/services/history_service.h"
#include "ui/services/worker_process.h"

#include <QCoreApplication>
#include <QPointer>

#include <utility>

namespace lori::ui {

QueueService::QueueService(Home home, HistoryService& history, QObject* parent)
    : QObject(parent), m_home(std::move(home)), m_history(history)
{
    connect(&m_history, &HistoryService::changed, this, &QueueService::look);
}

Result<database::QueueContent> QueueService::content() const
{
    const database::History* snapshot = m_history.snapshot();
    return snapshot == nullptr ? m_history.notOpen() : database::Queue(*snapshot).content();
}

void QueueService::look()
{
    const auto now = content();
    if (now && now->revision != m_revision) {
        m_revision = now->revision;
        Q_EMIT changed();
    }
}

void QueueService::write(const Change& change, bool start)
{
    m_history.write([change, start, self = QPointer<QueueService>(this)](const database::History& history) {
        const Result<void> done = change(database::Queue(history));
        if (done && start) { // looked at in the window's thread, where this object lives and dies
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self] {
                    if (self) {
                        if (const auto started = self->work(); !started) {
                            Q_EMIT self->failed(started.error());
                        }
                    }
                },
                Qt::QueuedConnection);
        }
        return done;
    });
}

void QueueService::add(const std::filesystem::path& folder, const database::QueueOptions& options, bool start)
{
    write(
        [folder, options](const database::Queue& queue) -> Result<void> {
            const auto added = queue.add(folder, options);
            return added ? Result<void>() : Result<void>(added.error());
        },
        start);
}

void QueueService::remove(const QString& job)
{
    write([id = job.toStdString()](const database::Queue& queue) { return queue.remove(id); });
}

void QueueService::removeEnded()
{
    write([](const database::Queue& queue) -> Result<void> {
        const auto removed = queue.removeEnded();
        return removed ? Result<void>() : Result<void>(removed.error());
    });
}

void QueueService::move(const QString& job, std::int64_t place)
{
    write([id = job.toStdString(), place](const database::Queue& queue) { return queue.move(id, place); });
}

void QueueService::setPaused(bool paused)
{
    write([paused](const database::Queue& queue) { return queue.setPaused(paused); }, !paused);
}

bool QueueService::hasWorker() const
{
    return jobs::FileLock::isHeld(m_home.root / "queue.lock"); // which `lori queue work` holds while it lives
}

Result<void> QueueService::work()
{
    return hasWorker() ? Result<void>()
                       : startWorker({QStringLiteral("queue"), QStringLiteral("work")}, m_home.root / "queue.log");
}

} // namespace lori::ui
