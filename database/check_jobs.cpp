// SPDX-License-Identifier: Apache-2.0
#include "database/check_jobs.h"

#include "core/jobs/job_lock.h"
#include "database/event_lines.h"
#include "database/ingest_events.h"
#include "database/job_row.h"
#include "database/queue_content.h"
#include "database/sqlite_support.h"
#include "database/table_compare.h"

namespace lori::database {

namespace fs = std::filesystem;

namespace {

bool isJobAtWork(const Home& home, const fs::path& folder)
{
    const auto opened = jobs::JobFolder::open(home, folder.string());
    return opened && jobs::JobLock::holder(*opened).has_value();
}

/// Events that the folder has and the history has not read yet.
void checkNewest(const Home& home, const JobRow& row, CheckReport& report)
{
    const fs::path file = row.folder / "events.jsonl";
    const std::uint64_t size = sizeOf(file);
    if (size < row.bytes) {
        report.add(Finding::Kind::Differs, row.id,
                   "events.jsonl has " + std::to_string(size) + " bytes, but " + std::to_string(row.bytes) +
                       " were read: it was shortened or replaced");
        return;
    }
    const EventLines lines = readEventLines(file, row.bytes, size, std::numeric_limits<std::size_t>::max());
    if (lines.events.empty()) {
        return;
    }
    if (isJobAtWork(home, row.folder)) {
        report.stillRunning.push_back(row.id);
    } else {
        report.add(Finding::Kind::NotIngested, row.id,
                   std::to_string(lines.events.size()) + " events are not in the history yet; run `lori history import`");
    }
}

/// The job against a fresh ingest of its folder, both up to the byte that the history has read. `scratch` may hold other jobs.
void checkJob(SQLite::Database& db, Connection& scratch, const Home& home, const JobRow& row, CheckReport& report)
{
    ++report.jobs;
    checkNewest(home, row, report);
    static_cast<void>(ingestJobEvents(scratch, row.folder, row.bytes));
    const std::vector<std::string> differences = compareJob(db, scratch, row.id);
    for (const std::string& difference : differences) {
        report.add(Finding::Kind::Differs, row.id, difference);
    }
}

std::vector<std::string> knownJobs(SQLite::Database& db)
{
    std::vector<std::string> ids;
    SQLite::Statement rows(db, "SELECT id FROM jobs ORDER BY id");
    while (rows.executeStep()) {
        ids.push_back(rows.getColumn(0).getString());
    }
    return ids;
}

} // namespace

void checkJobs(SQLite::Database& db, const Home& home, CheckReport& report)
{
    const auto scratch = openInMemory();
    const std::vector<std::string> ids = knownJobs(db);
    for (const std::string& id : ids) {
        const JobRow row = readJobRow(db, id).value();
        if (!fs::exists(row.folder)) {
            report.foldersGone.push_back(id);
            continue;
        }
        const auto checked = guardSql(row.folder, [&] { checkJob(db, *scratch, home, row, report); });
        if (!checked) {
            report.add(Finding::Kind::BadFolder, id, checked.error().sentence());
        }
    }
    const std::vector<fs::path> folders = jobFoldersIn(home.jobs());
    for (const fs::path& folder : folders) {
        const std::string id = folder.filename().string();
        const std::optional<JobRow> row = readJobRow(db, id);
        if (!row) {
            report.add(Finding::Kind::NotIngested, id, "the history does not know this job; run `lori history import`");
        } else if (row->folder != cleanFolder(folder)) {
            report.add(Finding::Kind::Differs, id,
                       "the history looks for it in " + row->folder.string() + ", it is in " + folder.string());
        }
    }
}

void checkQueue(const History& history, CheckReport& report)
{
    const std::optional<QueueContent> held = readQueue(history.connection());
    if (!held) {
        return; // this database has not taken over the file yet, so the file is all there is
    }
    const auto saved = guard([&] { return readQueueFile(queueFile(history)); });
    if (!saved) {
        report.add(Finding::Kind::Backup, "", saved.error().sentence());
    } else if (!*saved || ((*saved)->revision <= held->revision && !(**saved == *held))) {
        // A file that is ahead belongs to a change that was just being made, or was cut off before it counted.
        report.add(Finding::Kind::Backup, "",
                   "queue.json does not hold the queue as the history does; the next change writes it anew");
    }
}

} // namespace lori::database
