// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"

#include <QDialog>
#include <QObject>

class QLabel;
class QLineEdit;
class QPushButton;

namespace lori::ui {

struct AppContext;

/// Says what a published set is, from where it would come and under which licence, and asks before anything is fetched. The
/// address can be that of a mirror with the same paths.
class DataGetDialog final : public QDialog {
    Q_OBJECT

public:
    /// Errors are not possible: a set that is not in the engine's table has no dialog, see DataGet::canGet.
    DataGetDialog(const QString& set, QWidget* parent);

Q_SIGNALS:
    void chosen(const QString& set, const QString& from);

private:
    void check();

    QLineEdit* m_from = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_get = nullptr;
};

/// Fetches a published set into data/ of the home, as a job of kind "download", and says what becomes of it.
class DataGet final : public QObject {
    Q_OBJECT

public:
    DataGet(AppContext& context, QObject* parent);

    /// Whether the engine knows where this set lies.
    [[nodiscard]] static bool canGet(const QString& set);
    /// Begins the job; one at a time. What goes wrong comes by failed().
    void start(const QString& set, const QString& from);
    void cancel();
    [[nodiscard]] bool isRunning() const { return !m_job.isEmpty(); }
    [[nodiscard]] QString set() const { return m_set; }
    /// 0–1 of the set's bytes; negative while that is not known.
    [[nodiscard]] double share() const { return m_share; }

Q_SIGNALS:
    void progressed();
    void finished(const QString& set);
    void failed(const QString& sentence); ///< "" when it was cancelled

private:
    void follow(const QString& jobId);
    void end(const QString& jobId, jobs::JobState state);

    AppContext& m_context;
    QString m_job;
    QString m_set;
    double m_share = -1;
};

} // namespace lori::ui
