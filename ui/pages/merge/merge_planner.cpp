// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_planner.h"

#include "ui/services/lori_answer.h"
#include "ui/services/worker_process.h"

#include <nlohmann/json.hpp>

#include <QProcess>
#include <QTimer>

namespace lori::ui {
namespace {

constexpr int kWaitMs = 250; ///< a slider moves many times a second

Error noAnswer(const std::string& what)
{
    return {ErrorCode::BadFile, what, "change a setting of the merge to ask again", "lori merge"};
}

} // namespace

Result<PlannedMerge> readPlan(const QByteArray& json)
{
    const auto answer = readAnswer(json, "lori merge");
    if (!answer) {
        return answer.error();
    }
    const nlohmann::json& read = *answer;
    try {
        PlannedMerge plan;
        plan.computedAs = read.at("computedAs").get<std::string>();
        plan.rank = read.at("rank").get<std::int64_t>();
        plan.modules = read.at("modules").get<std::int64_t>();
        plan.fileBytes = read.at("fileBytes").get<double>();
        plan.lossless = read.at("lossless").get<bool>();
        plan.needsFullMatrices = read.at("needsFullMatrices").get<bool>();
        for (const auto& note : read.at("notes")) {
            plan.notes.append(QString::fromStdString(note.get<std::string>()));
        }
        return plan;
    } catch (const nlohmann::json::exception& error) {
        return noAnswer(error.what());
    }
}

MergePlanner::MergePlanner(QObject* parent) : QObject(parent), m_wait(new QTimer(this))
{
    m_wait->setSingleShot(true);
    m_wait->setInterval(kWaitMs);
    connect(m_wait, &QTimer::timeout, this, &MergePlanner::ask);
}

MergePlanner::~MergePlanner()
{
    stop();
}

void MergePlanner::plan(const MergeSetup& setup)
{
    if (m_asked == setup) {
        return;
    }
    stop();
    m_asked = setup;
    m_answer.reset();
    m_wait->start();
    Q_EMIT changed();
}

void MergePlanner::clear()
{
    if (m_asked) {
        stop();
        m_asked.reset();
        m_answer.reset();
        Q_EMIT changed();
    }
}

/// A plan writes nothing, so that its process may be ended at any moment.
void MergePlanner::stop()
{
    m_wait->stop();
    if (m_process) {
        m_process->disconnect(this);
        m_process->kill();
        m_process->waitForFinished(1000);
        m_process.reset();
    }
}

void MergePlanner::ask()
{
    const QString program = workerProgram();
    if (program.isEmpty()) {
        take(noWorkerProgram());
        return;
    }
    m_process = std::make_unique<QProcess>();
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            take(Error{ErrorCode::Io, "the worker program does not start", "check that it can be executed",
                       m_process->program().toStdString()});
        }
    });
    connect(m_process.get(), &QProcess::finished, this, [this] { take(readPlan(m_process->readAllStandardOutput())); });
    m_process->start(program, planArguments(*m_asked));
}

void MergePlanner::take(Result<PlannedMerge> answer)
{
    m_answer = std::move(answer);
    Q_EMIT changed();
}

} // namespace lori::ui
