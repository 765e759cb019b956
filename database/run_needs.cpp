// SPDX-License-Identifier: Apache-2.0
#include "database/run_needs.h"

#include "core/events/event_follower.h"
#include "core/jobs/job_state.h"
#include "database/sqlite_support.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace lori::database {

namespace fs = std::filesystem;
using jobs::JobState;

namespace {

/// Somebody who needs the folder, and what can be done about it.
struct Need {
    std::string sentence;
    std::string hint;
};

/// `text` is the absolute path of `folder` or of something in it, by whatever links and dots it is written.
bool isInside(const std::string& text, const fs::path& folder)
{
    const fs::path path(text);
    if (text.find(folder.filename().string()) == std::string::npos || !path.is_absolute()) {
        return false;
    }
    std::error_code error;
    const fs::path real = fs::weakly_canonical(path, error);
    const fs::path clean = (error ? path : real).lexically_normal();
    const fs::path below = clean.lexically_relative(folder);
    return !below.empty() && *below.begin() != "..";
}

/// The name of the first field that holds a path in `folder`; an element of a list has the list's name. "" when none does.
std::string fieldInside(const nlohmann::json& value, const std::string& name, const fs::path& folder) // NOLINT(misc-no-recursion)
{
    if (value.is_string()) {
        return isInside(value.get_ref<const std::string&>(), folder) ? name : std::string();
    }
    if (!value.is_structured()) {
        return {};
    }
    for (const auto& [key, inner] : value.items()) {
        std::string found = fieldInside(inner, value.is_object() ? key : name, folder);
        if (!found.empty()) {
            return found;
        }
    }
    return {};
}

std::string fieldInside(const std::string& text, const fs::path& folder)
{
    const nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
    return value.is_discarded() ? std::string() : fieldInside(value, {}, folder);
}

std::string whatARunDoes(const std::string& field)
{
    if (field == "fromAdapter") {
        return "starts from this run's adapter";
    }
    if (field == "maskFile") {
        return "trains within this run's mask";
    }
    if (field == "avoid") {
        return "keeps free of this run's mask";
    }
    return "reads a file of this run";
}

std::string named(const std::string& what, const std::string& id, const std::string& name)
{
    return "the " + what + " '" + id + "'" + (name.empty() ? std::string() : " (" + name + ")");
}

void addRuns(std::vector<Need>& needs, SQLite::Database& db, std::int64_t number, const fs::path& folder)
{
    SQLite::Statement row(db, "SELECT run, coalesce(given_name, name), configurations.json FROM configurations "
                              "JOIN runs ON runs.id = run_id WHERE run_id <> ?1 AND trashed_ms IS NULL "
                              "AND instr(configurations.json, ?2) > 0 ORDER BY runs.run");
    row.bind(1, number);
    row.bind(2, folder.filename().string());
    while (row.executeStep()) {
        const std::string field = fieldInside(row.getColumn(2).getString(), folder);
        if (!field.empty()) {
            needs.push_back({named("run", row.getColumn(0).getString(), row.getColumn(1).getString()) + " " + whatARunDoes(field),
                             "move that run to the trash first"});
        }
    }
}

/// A child that the job began or found done lies in `folder`.
bool hasMade(const jobs::JobFolder& job, const fs::path& folder)
{
    events::EventFollower follower(job.eventsFile());
    for (auto some = follower.poll().value(); !some.empty(); some = follower.poll().value()) {
        for (const events::Event& event : some) {
            const auto* child = event.as<events::Child>();
            if (child != nullptr && isInside(child->folder, folder)) {
                return true;
            }
        }
    }
    return false;
}

/// What one job that the history calls unfinished needs. The folder knows better: the history may be behind it.
void addJob(std::vector<Need>& needs, const jobs::JobFolder& job, const std::string& who, bool reads, const fs::path& folder)
{
    const jobs::StateOfJob now = jobs::stateSince(job, 0, nowMs()).value();
    if (now.state == JobState::Finished || now.discarded) {
        return; // it has what it needs in its own folder, or never goes on
    }
    if (reads) {
        needs.push_back({who + " is not finished and reads from this run", "let it finish, or remove its folder, first"});
    } else if ((now.state == JobState::Running || now.state == JobState::Paused) && hasMade(job, folder)) {
        needs.push_back({who + " made this run and is at work", "let it finish or stop it first"});
    }
}

void addJobs(std::vector<Need>& needs, SQLite::Database& db, const fs::path& folder)
{
    SQLite::Statement row(db, "SELECT id, kind, name, folder, options FROM jobs WHERE state <> 'finished' "
                              "AND (instr(options, ?1) > 0 OR kind IN ('recipe', 'sweep')) ORDER BY id");
    row.bind(1, folder.filename().string());
    while (row.executeStep()) {
        const auto job = jobs::JobFolder::open({}, row.getColumn(3).getString());
        if (job) { // one that is gone needs nothing any more
            const std::string who =
                named(row.getColumn(1).getString(), row.getColumn(0).getString(), row.getColumn(2).getString());
            addJob(needs, *job, who, !fieldInside(row.getColumn(4).getString(), folder).empty(), folder);
        }
    }
}

} // namespace

void requireNobodyNeeds(SQLite::Database& db, std::int64_t number, const fs::path& folder)
{
    std::vector<Need> needs;
    addRuns(needs, db, number, folder);
    addJobs(needs, db, folder);
    if (!needs.empty()) {
        const std::size_t others = needs.size() - 1;
        const std::string more = others == 0   ? std::string()
                                 : others == 1 ? ", and one other needs it"
                                               : ", and " + std::to_string(others) + " others need it";
        throw Exception(ErrorCode::Mismatch, needs[0].sentence + more, needs[0].hint, folder.string());
    }
}

} // namespace lori::database
