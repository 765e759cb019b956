// SPDX-License-Identifier: Apache-2.0
// lori serve: a loaded model that answers lines of JSON (core/wire/MESSAGES.md).
#include "app/lori/interrupts.h"
#include "app/lori/model_options.h"
#include "core/jobs/run_folder.h"
#include "core/serving/server.h"

#include <fcntl.h>
#include <iostream>
#include <unistd.h>

namespace lori::app {

namespace {

struct ServeArguments {
    ModelOptions model;
    std::vector<std::string> adapters;
};

/// A folder of an adapter, or a run by its id or folder.
serving::AdapterInfo attach(const Context& context, serving::Session& session, const std::string& adapter)
{
    std::error_code ignored;
    const std::filesystem::path path(adapter);
    if (std::filesystem::exists(path, ignored) && !std::filesystem::exists(path / "events.jsonl", ignored)) {
        return session.attach(path).value();
    }
    const auto run = jobs::RunFolder::open(context.home, adapter);
    if (!run) {
        throw Exception(ErrorCode::NotFound, "there is no adapter folder and no run of this name", "see lori job list", adapter);
    }
    return session.attachCheckpoint(run->path()).value();
}

std::unique_ptr<serving::Session> openSession(const Context& context, const ServeArguments& a)
{
    auto session = serving::Session::create(openModel(context, a.model).value().base).value();
    for (const std::string& adapter : a.adapters) {
        attach(context, *session, adapter);
    }
    if (a.adapters.size() == 1) {
        session->setMix({{session->adapters().front().handle, 1}}).value();
    }
    return session;
}

/// Standard output for answers alone: what any library prints goes to standard error.
int takeStandardOutput()
{
    const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (output < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        throw Exception(ErrorCode::Io, "standard output is closed", "start it with its output open");
    }
    return output;
}

void serve(Context& context, const ServeArguments& a)
{
    const Descriptor output(takeStandardOutput());
    const auto session = guard([&] { return openSession(context, a); });
    if (!session) {
        serving::LineOutput(output.get()).write(wire::answerLine(nullptr, wire::failureOf(session.error())));
        throw Exception(session.error());
    }
    const int interrupt = interruptDescriptor(); // until here a signal ends the program as it ends any
    serving::ServerOptions options{context.home, std::string("lori ") + LORI_VERSION, a.model.model};
    serving::Server server(**session, std::move(options), {STDIN_FILENO, output.get(), interrupt});
    if (server.run() == serving::ServerEnd::OutputClosed) {
        context.exitCode = 1;
    }
}

} // namespace

void addServeCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<ServeArguments>();
    CLI::App* command = app.add_subcommand("serve", "Keep a model loaded and answer lines of JSON on standard input");
    a->model.addTo(*command, false);
    a->model.addWeights(*command);
    command
        ->add_option("--adapter", a->adapters,
                     "Adapter folder, or a run; repeatable. They get the handles 1, 2, …; a single one acts from the start")
        ->allow_extra_args(false);
    command->callback([&context, a] {
        if (const auto served = guard([&] { serve(context, *a); }); !served) {
            reportError(context, served.error());
        }
    });
}

} // namespace lori::app
