// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/lori_answer.h"

#include "ui/services/worker_process.h"

#include <QProcess>

#include <utility>

namespace lori::ui {

Result<nlohmann::json> readAnswer(const QByteArray& text, const std::string& command)
{
    auto read = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!read.is_object()) {
        return Error{ErrorCode::BadFile, "the worker program did not answer",
                     "try it again; install the program anew when it stays so", command};
    }
    const auto failed = read.find("error");
    if (failed == read.end()) {
        return read;
    }
    const auto part = [&](const char* name) {
        const auto found = failed->is_object() ? failed->find(name) : failed->end();
        return found != failed->end() && found->is_string() ? found->template get<std::string>() : std::string();
    };
    return Error{codeFromName(part("code")), part("what"), part("hint"), part("where")};
}

void askLori(const QStringList& arguments, QObject* context, std::function<void(const Result<nlohmann::json>&)> then)
{
    const QString program = workerProgram();
    if (program.isEmpty()) {
        then(noWorkerProgram());
        return;
    }
    // No child of `context`: a widget deletes its children while its connections still work, and a QProcess that is deleted at
    // work says that it finished.
    auto* process = new QProcess;
    QObject::connect(context, &QObject::destroyed, process, [process] {
        process->disconnect();
        delete process;
    });
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    const std::string command = "lori " + arguments.value(0).toStdString();
    const auto end = [process, then = std::move(then)](const Result<nlohmann::json>& answer) {
        process->disconnect();
        process->deleteLater();
        then(answer);
    };
    QObject::connect(process, &QProcess::errorOccurred, context, [process, end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            end(Error{ErrorCode::Io, "the worker program does not start", "check that it can be executed",
                      process->program().toStdString()});
        }
    });
    QObject::connect(process, &QProcess::finished, context,
                     [process, end, command] { end(readAnswer(process->readAllStandardOutput(), command)); });
    process->start(program, arguments + QStringList{QStringLiteral("--json")});
}

} // namespace lori::ui
