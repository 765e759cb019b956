// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/status_line.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/services/machine_facts.h"
#include "ui/services/run_progress.h"
#include "ui/services/run_service.h"
#include "ui/text.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>

#include <algorithm>

namespace lori::ui {

StatusLine::StatusLine(RunService& runs, std::filesystem::path diskOf, QWidget* parent)
    : QWidget(parent), m_runs(runs), m_diskOf(std::move(diskOf)), m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("statusLine"));
    m_job = new QLabel(this);
    m_job->setObjectName(QStringLiteral("statusJob"));
    m_job->setTextFormat(Qt::PlainText);
    m_bar = new StillProgressBar(this);
    m_bar->setObjectName(QStringLiteral("statusBarProgress"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    m_bar->setMaximumHeight(fontMetrics().height());
    m_machine = new QLabel(this);
    m_machine->setObjectName(QStringLiteral("statusMachine"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 6, 0);
    row->addWidget(m_job);
    row->addWidget(m_bar);
    row->addStretch(1);
    row->addWidget(m_machine);
    m_timer->start(1000);
    connect(m_timer, &QTimer::timeout, this, &StatusLine::refresh);
    connect(&m_runs, &RunService::stateChanged, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::refresh()
{
    const QStringList live = m_runs.liveRuns();
    QString job = tr("No run at work");
    double memory = 0;
    if (!live.isEmpty()) {
        const RunProgress& progress = m_runs.progress(live.front());
        job = tr("%1: %2").arg(QString::fromStdString(progress.config().name), Text::state(m_runs.state(live.front())));
        if (const double eta = progress.etaSeconds(QDateTime::currentMSecsSinceEpoch()); eta >= 0) {
            job = tr("%1, %2 left").arg(job, Text::about(eta));
        } else if (!progress.activity().empty()) {
            job = tr("%1, %2", "a run and its state, what it does")
                      .arg(job, Text::activity(progress.activity(), progress.activityDone(), progress.activityTotal(), -1));
        }
        m_bar->setValue(static_cast<int>(1000 * std::max({0.0, progress.share(), progress.shareBeforeSteps()})));
        memory = progress.memoryBytes();
    }
    m_bar->setVisible(!live.isEmpty());
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_job->setText(job);
    const MachineFacts machine = MachineFacts::read(m_diskOf);
    QString text = tr("%1 memory free · %2 disk free")
                       .arg(Text::bytes(static_cast<double>(machine.freeMemoryBytes)),
                            Text::bytes(static_cast<double>(machine.freeDiskBytes)));
    if (memory > 0) {
        text = tr("The run takes %1 · %2").arg(Text::bytes(memory), text);
    }
    m_machine->setText(text);
}

void StatusLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        refresh();
    }
}

} // namespace lori::ui
