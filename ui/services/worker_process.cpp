// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/worker_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace lori::ui {

QString workerProgram()
{
    const QString named = qEnvironmentVariable("LORI_WORKER");
    if (!named.isEmpty()) {
        return named;
    }
    const QString beside = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("lori"));
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(QStringLiteral("lori"));
}

Error noWorkerProgram()
{
    return {ErrorCode::NotFound,
            "the program 'lori', which does the training, was not found",
            "put it beside lori-workbench or name it in LORI_WORKER",
            {}};
}

Result<void> startWorker(const QStringList& arguments, const std::filesystem::path& log)
{
    const QString program = workerProgram();
    if (program.isEmpty()) {
        return noWorkerProgram();
    }
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QString::fromStdString(log.string()), QIODevice::Append);
    if (!process.startDetached()) {
        return Error{ErrorCode::Io, "the worker did not start: " + process.errorString().toStdString(),
                     "check that the file exists and may be run", program.toStdString()};
    }
    return {};
}

} // namespace lori::ui
