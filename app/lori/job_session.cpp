// SPDX-License-Identifier: Apache-2.0
#include "app/lori/job_session.h"

#include "app/lori/history_feed.h"
#include "app/lori/queueing.h"
#include "app/lori/run_progress.h"
#include "app/lori/run_session.h"
#include "core/jobs/job_kind.h"
#include "core/workers/kinds.h"
#include "core/workers/kinds_workshop.h"

namespace lori::app {

namespace {

/// A training or sequence says what it begins with and each score as they come; of other jobs the answer says those.
bool isRun(const jobs::JobRecord& record)
{
    return record.kind == "train" || record.kind == "sequence";
}

Result<Answer> work(const Context& context, const jobs::JobFolder& folder, jobs::JobKind& kind, bool saysScores)
{
    RunProgress progress;
    HistoryFeed history(context.home, folder);
    jobs::WorkOptions options;
    options.accompany = [&](const jobs::JobFolder& child) -> std::shared_ptr<void> {
        return std::make_shared<HistoryFeed>(context.home, child);
    };
    options.observer = [&](const events::Event& event) {
        if (saysScores || (event.as<events::Started>() == nullptr && event.as<events::Score>() == nullptr)) {
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

/// What the kind refuses leaves no folder behind.
template <typename Folder>
Result<Answer> workAs(const Context& context, const jobs::JobRecord& record, Folder folderOf)
{
    const auto made = workers::makeKind(context.home, record);
    if (!made) {
        return made.error();
    }
    if (const auto planned = guard([&] { static_cast<void>((*made)->plan()); }); !planned) {
        return planned.error();
    }
    const auto folder = folderOf(context.home, record);
    if (folder && context.queue.asked) {
        return enqueue(context, *folder);
    }
    return folder ? work(context, *folder, **made, isRun(record)) : Result<Answer>(folder.error());
}

} // namespace

Result<Answer> workAsJob(const Context& context, const std::string& kind, const std::string& name, const nlohmann::json& options)
{
    return workAs(context, {kind, name, options, {}, 0}, &workers::createFolder);
}

Result<Answer> goOnAsJob(const Context& context, const std::string& kind, const std::string& name, const nlohmann::json& options)
{
    return workAs(context, {kind, name, options, {}, 0}, &workers::unfinishedOrNew);
}

Result<Answer> workInJobFolder(const Context& context, const jobs::JobFolder& folder)
{
    const auto record = folder.record();
    if (!record) {
        return record.error();
    }
    const auto kind = workers::makeKind(context.home, *record);
    return kind ? work(context, folder, **kind, isRun(*record)) : Result<Answer>(kind.error());
}

Answer withoutJob(Answer answer)
{
    if (!answer.json.contains("queued")) { // there the id is the answer
        answer.json.erase("job");
    }
    return answer;
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
