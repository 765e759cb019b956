// SPDX-License-Identifier: Apache-2.0
#include "app/lori/job_session.h"

#include "app/lori/history_feed.h"
#include "app/lori/queueing.h"
#include "app/lori/run_progress.h"
#include "app/lori/run_session.h"
#include "core/jobs/job_kind.h"
#include "core/jobs/run_folder.h"
#include "core/runs/report.h"
#include "core/workers/kinds.h"

namespace lori::app {

namespace {

Result<Answer> work(const Context& context, const jobs::JobFolder& folder, jobs::JobKind& kind)
{
    RunProgress progress;
    HistoryFeed history(context.home, folder);
    jobs::WorkOptions options;
    options.observer = [&](const events::Event& event) {
        if (event.as<events::Started>() == nullptr && event.as<events::Score>() == nullptr) { // the answer says those
            progress.show(event);
        }
    };
    options.interrupt = &catchInterrupts();
    const auto result = jobs::workInJob(folder, kind, options);
    progress.finish();
    history.finish();
    if (!result) {
        return result.error();
    }
    return Answer{result->json, result->text, 0};
}

} // namespace

Result<Answer> workAsJob(const Context& context, const std::string& kind, const std::string& name, const nlohmann::json& options)
{
    jobs::JobRecord record{kind, name, options, {}, 0};
    const auto made = workers::makeKind(context.home, record);
    if (!made) {
        return made.error();
    }
    if (const auto planned = guard([&] { static_cast<void>((*made)->plan()); }); !planned) {
        return planned.error();
    }
    const auto folder = jobs::JobFolder::create(context.home, std::move(record));
    if (folder && context.queue.asked) {
        return enqueue(context, *folder);
    }
    return folder ? work(context, *folder, **made) : Result<Answer>(folder.error());
}

Result<Answer> workInJobFolder(const Context& context, const jobs::JobFolder& folder)
{
    const auto record = folder.record();
    if (!record) {
        return record.error();
    }
    if (record->kind == "train" || record->kind == "sequence") {
        const auto run = jobs::RunFolder::open(context.home, folder.path().string());
        if (!run) {
            return run.error();
        }
        const auto session = workInFolder(context, *run);
        if (!session) {
            return session.error();
        }
        return guard([&] {
            return Answer{nlohmann::ordered_json::parse(session->result.dump()), runs::reportText(session->result), 0};
        });
    }
    const auto kind = workers::makeKind(context.home, *record);
    return kind ? work(context, folder, **kind) : Result<Answer>(kind.error());
}

std::string absolutePath(const std::string& path)
{
    std::error_code ignored;
    return !path.empty() && std::filesystem::exists(path, ignored)
               ? std::filesystem::absolute(path, ignored).lexically_normal().string()
               : path;
}

std::vector<std::string> absolutePaths(const std::vector<std::string>& paths)
{
    std::vector<std::string> result;
    result.reserve(paths.size());
    for (const std::string& path : paths) {
        result.push_back(absolutePath(path));
    }
    return result;
}

} // namespace lori::app
