// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/data_config.h"
#include "core/jobs/job_life.h"

#include <QObject>
#include <QString>

namespace lori::ui {

struct AppContext;

/// Writes the usable rows of a file as a new file in the home, as a job of kind "import", and says what becomes of it.
class DataImport final : public QObject {
    Q_OBJECT

public:
    DataImport(AppContext& context, QObject* parent);

    /// Begins the job; one at a time. What goes wrong comes by failed().
    void start(const QString& file, const experiment::ColumnMapping& columns);
    /// Asks the job to end; nothing is written then.
    void cancel();
    [[nodiscard]] bool isRunning() const { return !m_job.isEmpty(); }
    /// Parts done of all, both 0 while that is not known.
    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] int total() const { return m_total; }

Q_SIGNALS:
    void progressed();
    void finished(const QString& file, qlonglong rows);
    void failed(const QString& sentence); ///< "" when it was cancelled

private:
    void follow(const QString& jobId);
    void end(const QString& jobId, jobs::JobState state);

    AppContext& m_context;
    QString m_job;
    QString m_out;
    int m_done = 0;
    int m_total = 0;
};

} // namespace lori::ui
