// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/run_folder.h"

#include "core/events/event_follower.h"
#include "core/experiment/config_words.h"
#include "core/jobs/folder_making.h"
#include "core/jobs/messages.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::jobs {

namespace fs = std::filesystem;
using experiment::RunConfig;

namespace {

const std::vector<std::string> kParts{"checkpoints", "adapter", "masks", "items"}; // NOLINT(cert-err58-cpp): four short texts

Texts textsOf(const RunConfig& config, Texts files)
{
    files.insert(
        files.begin(),
        {"config.json", experiment::toJson(config).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"});
    return files;
}

} // namespace

Result<RunFolder> RunFolder::create(const Home& home, const RunConfig& config, const Texts& files, const Fill& fill)
{
    return guard(
        [&] { return RunFolder(makeNamedFolder(home.runs(), config.name, "run", kParts, textsOf(config, files), fill)); });
}

Result<RunFolder> RunFolder::createOrOpen(const Home& home, const RunConfig& config, const std::string& id)
{
    return guard([&] {
        const bool isPlain = std::all_of(id.begin(), id.end(),
                                         [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
        if (id.empty() || id.front() == '-' || !isPlain) {
            throw Exception(ErrorCode::InvalidArgument, "a run's id holds lower-case letters, digits and hyphens",
                            "choose another", id);
        }
        fs::create_directories(home.runs());
        if (!fs::exists(home.runs() / id)) {
            static_cast<void>(makeFolder(home.runs(), id, kParts,
                                         textsOf(config, {}))); // another process may have been quicker: then it is opened
        }
        return open(home, (home.runs() / id).string()).value();
    });
}

Result<RunFolder> RunFolder::open(const Home& home, const std::string& nameOrPath)
{
    return guard([&] {
        const auto found = guard([&] { return find({home.runs()}, {"run", ""}, nameOrPath); });
        if (!found && found.error().code == ErrorCode::NotFound) {
            throw Exception(ErrorCode::NotFound, messages::kNoSuchRun, {}, nameOrPath);
        }
        const fs::path& path = found.value();
        std::error_code ignored;
        if (!fs::is_regular_file(path / "config.json", ignored)) {
            throw Exception(ErrorCode::BadFile, messages::kNotARun, {}, path.string());
        }
        return RunFolder(path);
    });
}

fs::path RunFolder::adapterFolder(std::int64_t stage, experiment::StageKind kind) const
{
    return path() / "adapter" / (std::to_string(stage) + "-" + std::string(experiment::stageKindName(kind)));
}

Result<RunConfig> RunFolder::config() const
{
    return guard([&] {
        const std::string file = (path() / "config.json").string();
        RunConfig config = experiment::readRunConfig(file).value();
        // Folders of older programs do not name this field: they put an end token behind cut answers, and go on doing so.
        const nlohmann::json stored = nlohmann::json::parse(readTextFile(file).value(), nullptr, false);
        const nlohmann::json data =
            stored.is_object() ? stored.value("data", nlohmann::json::object()) : nlohmann::json::object();
        config.data.endAfterCut = config.data.endAfterCut || !data.contains("endAfterCut");
        return config;
    });
}

Result<RunConfig> RunFolder::recipe() const
{
    return guard([&] {
        RunConfig config = this->config().value();
        events::EventFollower follower(eventsFile());
        for (auto events = follower.poll().value(); !events.empty(); events = follower.poll().value()) {
            for (const events::Event& event : events) {
                const auto* changed = event.as<events::Changed>();
                if (changed == nullptr || changed->stage < 0 ||
                    changed->stage >= static_cast<std::int64_t>(config.stages.size())) {
                    continue;
                }
                if (const auto what = fromWord<experiment::Setting>(changed->what)) {
                    experiment::addChange(config.stages[static_cast<std::size_t>(changed->stage)].changes,
                                          {changed->step, *what, changed->value});
                }
            }
        }
        return config;
    });
}

} // namespace lori::jobs
