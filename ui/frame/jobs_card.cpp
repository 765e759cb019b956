// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/jobs_card.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/services/job_service.h"
#include "ui/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lori::ui {

/// One job: its name, a bar, the time left, Stop.
class JobRow final : public QWidget {
    Q_OBJECT

public:
    JobRow(JobService& jobs, QString job, QWidget* parent) : QWidget(parent), m_jobs(jobs), m_job(std::move(job))
    {
        m_name = new QLabel(this);
        m_name->setTextFormat(Qt::PlainText);
        m_bar = new StillProgressBar(this);
        m_bar->setTextVisible(false);
        m_left = new QLabel(this);
        m_stop = new QPushButton(this);
        m_stop->setObjectName(QStringLiteral("stopJob"));
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(m_name);
        row->addWidget(m_bar, 1);
        row->addWidget(m_left);
        row->addWidget(m_stop);
        connect(m_stop, &QPushButton::clicked, this, [this] {
            m_stop->setEnabled(!m_jobs.send(m_job, jobs::Command::StopAndKeep).has_value()); // once is enough
        });
        refresh();
    }
    void refresh()
    {
        const auto record = m_jobs.record(m_job);
        const QString name = record ? QString::fromStdString(record->name) : m_job;
        m_name->setText(record ? tr("%1: %2").arg(Text::jobKind(record->kind), name) : name);
        const auto progress = m_jobs.progress(m_job);
        const bool known = progress && progress->total > 0;
        m_bar->setRange(0, known ? 1000 : 0);
        m_bar->setValue(known ? static_cast<int>(1000 * progress->done / progress->total) : 0);
        m_bar->setAccessibleName(tr("Progress of %1").arg(name));
        m_left->setText(progress && progress->etaSeconds >= 0 ? tr("%1 left").arg(Text::about(progress->etaSeconds))
                                                              : Text::state(m_jobs.state(m_job)));
        m_stop->setText(tr("Stop"));
        m_stop->setAccessibleName(tr("Stop %1").arg(name));
    }

private:
    JobService& m_jobs;
    QString m_job;
    QLabel* m_name = nullptr;
    StillProgressBar* m_bar = nullptr;
    QLabel* m_left = nullptr;
    QPushButton* m_stop = nullptr;
};

JobsCard::JobsCard(JobService& jobs, QWidget* parent) : Card(parent), m_jobs(jobs)
{
    setObjectName(QStringLiteral("jobsCard"));
    m_title = new QLabel(this);
    QFont font = m_title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    m_title->setFont(font);
    m_column = new QVBoxLayout(this);
    m_column->addWidget(m_title);
    connect(&m_jobs, &JobService::jobStarted, this, &JobsCard::refresh);
    connect(&m_jobs, &JobService::stateChanged, this, &JobsCard::refresh);
    connect(&m_jobs, &JobService::eventsAppended, this, [this](const QString& job) {
        if (JobRow* row = m_rows.value(job); row != nullptr && isVisible()) {
            row->refresh();
        }
    });
    refresh();
}

void JobsCard::refresh()
{
    const QStringList live = m_jobs.liveJobs();
    for (const QString& job : m_rows.keys()) {
        if (!live.contains(job)) {
            m_rows.take(job)->deleteLater();
        }
    }
    for (const QString& job : live) {
        const auto record = m_jobs.record(job);
        if (record && record->kind == "train") {
            continue; // has its own card
        }
        if (JobRow* row = m_rows.value(job)) {
            row->refresh();
        } else {
            row = new JobRow(m_jobs, job, this);
            m_rows.insert(job, row);
            m_column->addWidget(row);
        }
    }
    m_title->setText(tr("At work"));
    setVisible(!m_rows.isEmpty());
}

void JobsCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        refresh();
    }
    Card::changeEvent(event);
}

} // namespace lori::ui

#include "jobs_card.moc"
