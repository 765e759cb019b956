// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace lori::ui {

/// Runs work in Qt's thread pool and brings the result of the newest start back to the window's thread. Starting again, cancel()
/// and destruction make an older result stale: it is dropped. Use from the window's thread only.
class BackgroundJob final {
public:
    /// Set when the result is no longer wanted; long work looks at it now and then.
    using Cancelled = std::shared_ptr<const std::atomic_bool>;

    BackgroundJob() = default;
    BackgroundJob(const BackgroundJob&) = delete;
    BackgroundJob& operator=(const BackgroundJob&) = delete;
    ~BackgroundJob() { cancel(); }

    /// `work(cancelled)` runs in another thread and must not throw; `done(result)` runs in this one. Results may be move-only.
    template <typename Work, typename Done>
    void start(Work work, Done done)
    {
        cancel();
        m_running = true;
        m_stale = std::make_shared<std::atomic_bool>(false);
        auto finish = [this, stale = m_stale, done = std::move(done)](auto result) {
            if (!*stale) { // checked in this thread, where cancel() happens too
                m_running = false;
                done(std::move(result));
            }
        };
        QThreadPool::globalInstance()->start([stale = m_stale, work = std::move(work), finish = std::move(finish)]() mutable {
            auto result = std::make_shared<decltype(work(Cancelled()))>(work(Cancelled(stale)));
            if (QCoreApplication* application = QCoreApplication::instance()) {
                QMetaObject::invokeMethod(
                    application, [result, finish = std::move(finish)]() mutable { finish(std::move(*result)); },
                    Qt::QueuedConnection);
            }
        });
    }
    void cancel()
    {
        if (m_stale) {
            *m_stale = true;
        }
        m_running = false;
    }
    [[nodiscard]] bool isRunning() const { return m_running; }

private:
    std::shared_ptr<std::atomic_bool> m_stale;
    bool m_running = false;
};

} // namespace lori::ui
