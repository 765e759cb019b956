// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/bundle_exchange.h"
#include "ui/services/background_job.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <atomic>
#include <memory>

namespace lori::ui {

/// Writes runs into .lori files and takes them out again, in another thread with a connection to the history of its own. One
/// thing at a time: begin the next when finished() came.
class BundleWork final : public QObject {
    Q_OBJECT

public:
    explicit BundleWork(Home home, QObject* parent = nullptr);
    /// Ends what is at work; what it wrote until then goes.
    ~BundleWork() override;

    /// The dialog asked already whether an older `file` may go.
    void exportRuns(const QStringList& runIds, const QString& file, bool withAdapters);
    void importFile(const QString& file);
    /// Asks what is at work to end; its end is told as always, because it may be too late.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    /// 0 to 1, while something is at work.
    [[nodiscard]] double share() const;

Q_SIGNALS:
    /// At most ten times a second.
    void progressed(double share);
    void exported(const QString& file, const lori::bundles::Written& written);
    void imported(const QString& file, const lori::database::BundleImported& imported);
    /// Also when it was cancelled: ErrorCode::Stopped.
    void failed(const lori::Error& error);
    /// After one of the three above; isBusy() is false.
    void finished();

private:
    struct State {
        std::atomic_bool cancelled = false;
        std::atomic<double> share = 0;
    };
    void begin();
    void end();
    [[nodiscard]] static bundles::Progress progressOf(const std::shared_ptr<State>& state);

    Home m_home;
    std::shared_ptr<State> m_state; ///< shared with the thread
    QTimer m_timer;
    BackgroundJob m_job;
};

} // namespace lori::ui
