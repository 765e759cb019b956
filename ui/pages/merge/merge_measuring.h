// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/jobs/job_life.h"
#include "ui/pages/merge/merge_measurements.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>

#include <cstddef>
#include <optional>

namespace lori::ui {

class JobService;

/// One measurement to do, with a name for people.
struct MeasuringWork {
    Measurement measurement;
    QString name;  ///< "Capitals on Safety"
    QString jobId; ///< the job that is at work on it or was left unfinished; "" for a new one
};

/// Measurements, one job after the other. One that fails does not end the others.
class MergeMeasuring final : public QObject {
    Q_OBJECT

public:
    /// The service outlives this object.
    explicit MergeMeasuring(JobService& jobs, QObject* parent = nullptr);

    /// Does nothing while it works.
    void start(std::vector<MeasuringWork> works);
    /// Asks the job at work to stop and forgets those that wait. What was measured stays.
    void cancel();

    [[nodiscard]] bool isWorking() const { return m_place < m_works.size(); }
    [[nodiscard]] bool isCancelled() const { return m_cancelled; }
    /// The job that was begun here for a measurement, "" for none: it goes on, where the home's jobs were not read again yet.
    [[nodiscard]] QString begunFor(const Measurement& measurement) const;
    [[nodiscard]] std::size_t place() const { return m_place; } ///< of the one at work
    [[nodiscard]] std::size_t total() const { return m_works.size(); }
    [[nodiscard]] std::size_t done() const { return m_done; } ///< that ended well
    [[nodiscard]] QString name() const;                       ///< of the one at work
    [[nodiscard]] std::optional<events::Progress> progress() const;
    /// Of all that is left; negative while nobody knows.
    [[nodiscard]] double secondsLeft() const;
    /// What failed, each with its reason and what to do.
    [[nodiscard]] const QStringList& failures() const { return m_failures; }

Q_SIGNALS:
    void changed();
    /// One more was measured.
    void measured();

private:
    void next();
    void begin(MeasuringWork& work);
    void ended(const QString& jobId, jobs::JobState state);
    void fail(const QString& reason);

    JobService& m_jobs;
    std::vector<MeasuringWork> m_works;
    std::size_t m_place = 0;
    std::size_t m_done = 0;
    bool m_cancelled = false;
    QStringList m_failures;
    std::map<Measurement, QString> m_begun;
    QElapsedTimer m_clock; ///< since the one at work began
    double m_seconds = 0;  ///< that those that ended well took together
};

} // namespace lori::ui
