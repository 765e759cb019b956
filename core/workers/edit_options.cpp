// SPDX-License-Identifier: Apache-2.0
// Options of jobs that wait.
#include "core/jobs/job_lock.h"
#include "core/jobs/run_folder.h"
#include "core/support/files.h"
#include "core/workers/kinds.h"

namespace lori::workers {

using nlohmann::json;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// The field of a dotted path; it must be there, as every field of canonical options is.
json& fieldOf(json& options, const std::string& path)
{
    json* here = &options;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t dot = std::min(path.find('.', start), path.size());
        const std::string name = path.substr(start, dot - start);
        if (!here->is_object() || !here->contains(name)) {
            throw Exception(ErrorCode::InvalidArgument, "the job has no such option", "lori job show names them", path);
        }
        here = &(*here)[name];
        start = dot + 1;
    }
    return *here;
}

json valueOf(const std::string& text, const json& current)
{
    json parsed = json::parse(text, nullptr, false);
    return parsed.is_discarded() || (current.is_string() && !parsed.is_string()) ? json(text) : parsed;
}

void editRun(const Home& home, const jobs::RunFolder& run, const Settings& settings)
{
    experiment::RunConfig config = run.config().value();
    for (const auto& [path, value] : settings) {
        experiment::setField(config, path, value).value();
    }
    const json written = experiment::toJson(config);
    static_cast<void>(makeKind(home, {"train", config.name, written, {}, 0}).value()->plan());
    writeFileAtomically(run.path() / "config.json", written.dump(2, ' ', false, json::error_handler_t::replace) + "\n").value();
}

} // namespace

Result<void> editOptions(const Home& home, const jobs::JobFolder& folder, const Settings& settings)
{
    return guard([&] {
        const auto lock = jobs::JobLock::acquire(folder).value();
        if (std::filesystem::exists(folder.eventsFile())) {
            throw Exception(ErrorCode::InvalidArgument, "the job has begun already, so its options stay", "make a new one",
                            folder.id());
        }
        jobs::JobRecord record = folder.record().value();
        if (record.kind == "sequence") {
            throw Exception(ErrorCode::Unsupported, "a sequence in the queue cannot be changed", "make a new one", folder.id());
        }
        if (record.kind == "train") {
            editRun(home, jobs::RunFolder::open(home, folder.path().string()).value(), settings);
            return;
        }
        for (const auto& [path, value] : settings) {
            json& field = fieldOf(record.options, path);
            field = valueOf(value, field);
        }
        record.key.clear(); // it is other work now
        static_cast<void>(makeKind(home, record).value()->plan());
        folder.writeRecord(record).value();
    });
}

} // namespace lori::workers
