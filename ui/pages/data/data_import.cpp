// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_import.h"

#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/job_service.h"

#include <QDir>
#include <QFileInfo>

#include <filesystem>

namespace lori::ui {

namespace {

/// A name in the home's data folder that nothing has yet.
QString freeName(const std::filesystem::path& home, const QString& file)
{
    const QDir folder(QString::fromStdString((home / "data" / "own").string()));
    const QString stem = QFileInfo(file).completeBaseName();
    QString name = folder.filePath(stem + QStringLiteral("-clean.jsonl"));
    for (int number = 2; QFileInfo::exists(name); ++number) {
        name = folder.filePath(QStringLiteral("%1-clean-%2.jsonl").arg(stem).arg(number));
    }
    return name;
}

} // namespace

DataImport::DataImport(AppContext& context, QObject* parent) : QObject(parent), m_context(context)
{
    connect(context.jobs, &JobService::eventsAppended, this, &DataImport::follow);
    connect(context.jobs, &JobService::jobEnded, this, &DataImport::end);
}

void DataImport::start(const QString& file, const experiment::ColumnMapping& columns)
{
    if (isRunning()) {
        return;
    }
    m_out = freeName(m_context.home.root, file);
    QDir().mkpath(QFileInfo(m_out).path()); // when it cannot be made, the job says why
    jobs::JobRecord record;
    record.kind = "import";
    record.name = QFileInfo(m_out).fileName().toStdString();
    record.options = {{"file", file.toStdString()},         {"out", m_out.toStdString()}, {"skipBad", true},
                      {"instruction", columns.instruction}, {"input", columns.input},     {"output", columns.output},
                      {"system", columns.system},           {"history", columns.history}, {"messages", columns.messages}};
    m_done = 0;
    m_total = 0;
    const auto started = m_context.jobs->startNew(std::move(record));
    if (!started) {
        Q_EMIT failed(ErrorText::sentence(started.error()));
        return;
    }
    m_job = *started;
    Q_EMIT progressed();
}

void DataImport::cancel()
{
    if (isRunning()) {
        if (const auto sent = m_context.jobs->send(m_job, jobs::Command::StopAndKeep); !sent) {
            Q_EMIT failed(ErrorText::sentence(sent.error()));
        }
    }
}

void DataImport::follow(const QString& jobId)
{
    const auto progress = jobId == m_job && isRunning() ? m_context.jobs->progress(jobId) : std::nullopt;
    if (progress) {
        m_done = static_cast<int>(progress->done);
        m_total = static_cast<int>(progress->total);
        Q_EMIT progressed();
    }
}

void DataImport::end(const QString& jobId, jobs::JobState state)
{
    if (jobId != m_job || !isRunning()) {
        return;
    }
    m_job.clear();
    if (state == jobs::JobState::Finished) {
        const auto result = m_context.jobs->result(jobId);
        if (!result) {
            Q_EMIT failed(ErrorText::sentence(result.error()));
            return;
        }
        Q_EMIT finished(m_out, result->value("rows", qlonglong{0}));
        return;
    }
    const auto failure = m_context.jobs->failure(jobId);
    Q_EMIT failed(failure                            ? ErrorText::sentence(*failure)
                  : state == jobs::JobState::Stopped ? QString()
                                                     : tr("The import ended before its file was written; start it again."));
}

} // namespace lori::ui
