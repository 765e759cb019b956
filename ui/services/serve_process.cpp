// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/serve_process.h"

#include "ui/services/worker_process.h"

#include <QFile>
#include <QProcess>
#include <QTimer>

#include <csignal>
#include <unistd.h>

namespace lori::ui {

namespace {

constexpr std::size_t kLongestAnswer = std::size_t{64} << 20U; // bytes of a line
constexpr qsizetype kLastWords = 2000;                         // bytes
constexpr int kPatienceMs = 2000;                              // between asking it to end and ending it

} // namespace

ServeProcess::ServeProcess(QObject* parent) : QObject(parent), m_process(new QProcess(this)), m_lines(kLongestAnswer)
{
    connect(m_process, &QProcess::readyReadStandardOutput, this, &ServeProcess::readAnswers);
    connect(m_process, &QProcess::readyReadStandardError, this,
            [this] { m_lastWords = (m_lastWords + m_process->readAllStandardError()).right(kLastWords); });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            tellEnd();
        }
    });
    connect(m_process, &QProcess::finished, this, &ServeProcess::tellEnd);
}

ServeProcess::~ServeProcess()
{
    m_process->disconnect(this);
    if (m_process->state() != QProcess::NotRunning) {
        m_process->terminate();
        if (!m_process->waitForFinished(kPatienceMs)) {
            m_process->kill();
            m_process->waitForFinished();
        }
    }
}

void ServeProcess::start(const Home& home, const QStringList& arguments)
{
    const QString program = workerProgram();
    if (program.isEmpty()) {
        QTimer::singleShot(0, this, [this] {
            m_isOver = true;
            Q_EMIT ended(noWorkerProgram());
        });
        return;
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LORI_HOME"), QString::fromStdString(home.root.string()));
    m_process->setProcessEnvironment(environment);
    m_process->setProgram(program);
    m_process->setArguments(QStringList{QStringLiteral("serve")} + arguments);
    QTimer::singleShot(0, m_process, [process = m_process] { process->start(); });
}

std::int64_t ServeProcess::send(const wire::Request& request)
{
    m_process->write(QByteArray::fromStdString(wire::requestLine(++m_lastId, request)));
    return m_lastId;
}

void ServeProcess::cancel(std::int64_t id)
{
    m_process->write(QByteArray::fromStdString(wire::requestLine("cancel " + std::to_string(id), wire::Cancel{id})));
}

void ServeProcess::endLater()
{
    disconnect();
    m_process->disconnect(this);
    if (m_process->state() == QProcess::NotRunning) {
        deleteLater();
        return;
    }
    connect(m_process, &QProcess::finished, this, &QObject::deleteLater);
    m_process->terminate();
    QTimer::singleShot(kPatienceMs, m_process, &QProcess::kill);
}

std::int64_t ServeProcess::pid() const
{
    return m_process->processId();
}

std::int64_t ServeProcess::memoryBytes() const
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(pid()));
    if (pid() == 0 || !file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QList<QByteArray> pages = file.readAll().split(' '); // size, resident, …
    return pages.size() > 1 ? pages[1].toLongLong() * ::sysconf(_SC_PAGESIZE) : 0;
}

void ServeProcess::readAnswers()
{
    const QByteArray bytes = m_process->readAllStandardOutput();
    m_lines.add({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    while (const auto line = m_lines.next()) {
        if (const auto answer = wire::answerFromLine(line->text)) { // else it is not for us
            Q_EMIT heard(*answer);
        }
    }
}

void ServeProcess::tellEnd()
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    if (m_process->error() == QProcess::FailedToStart) {
        Q_EMIT ended({ErrorCode::Io, "the worker did not start: " + m_process->errorString().toStdString(),
                      "check that the file exists and may be run", m_process->program().toStdString()});
        return;
    }
    readAnswers(); // why it could not load comes last
    const bool killed = m_process->exitStatus() == QProcess::CrashExit && m_process->exitCode() == SIGKILL;
    const QList<QByteArray> lines = m_lastWords.trimmed().split('\n');
    Q_EMIT ended(killed
                     ? Error{ErrorCode::OutOfMemory,
                             "the model's process was killed, most likely for lack of memory",
                             "close other programs, or choose a smaller model",
                             {}}
                     : Error{ErrorCode::Io, "the model's process has ended", "load the model again", lines.back().toStdString()});
}

} // namespace lori::ui
