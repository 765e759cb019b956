// SPDX-License-Identifier: Apache-2.0
#include "database/check.h"
#include "core/jobs/job_lock.h"

#include "database/annotation_backup.h"
#include "database/check_files.h"
#include "database/check_jobs.h"
#include "database/event_lines.h"
#include "database/ingest_events.h"
#include "database/sqlite_support.h"
#include "database/table_compare.h"

#include <limits>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// SQLite's own opinion of the file, and rows that point nowhere.
void checkDatabaseFile(SQLite::Database& db, CheckReport& report)
{
    SQLite::Statement integrity(db, "PRAGMA integrity_check(5)");
    while (integrity.executeStep()) {
        const std::string text = integrity.getColumn(0).getString();
        if (text != "ok") {
            report.add(Finding::Kind::Damaged, "", text);
        }
    }
    SQLite::Statement foreign(db, "PRAGMA foreign_key_check");
    std::int64_t orphans = 0;
    while (foreign.executeStep()) {
        ++orphans;
    }
    if (orphans > 0) {
        report.add(Finding::Kind::Differs, "", std::to_string(orphans) + " rows belong to no run");
    }
}

std::uint64_t bytesRead(SQLite::Database& db, const std::string& run)
{
    SQLite::Statement row(db, "SELECT coalesce(sum(bytes), 0) FROM ingest_state JOIN runs ON runs.id = run_id WHERE run = ?");
    row.bind(1, run);
    row.executeStep();
    return static_cast<std::uint64_t>(row.getColumn(0).getInt64());
}

bool isAtWork(const Home& home, const fs::path& folder)
{
    const auto opened = jobs::RunFolder::open(home, folder.string());
    return opened && jobs::JobLock::holder(*opened).has_value();
}

/// Events that the folder has and the history has not read yet.
void checkNewest(const Home& home, const std::string& run, const fs::path& folder, std::uint64_t read, CheckReport& report)
{
    const fs::path file = folder / "events.jsonl";
    const std::uint64_t size = sizeOf(file);
    if (size < read) {
        report.add(Finding::Kind::Differs, run,
                   "events.jsonl has " + std::to_string(size) + " bytes, but " + std::to_string(read) +
                       " were read: it was shortened or replaced");
        return;
    }
    const EventLines lines = readEventLines(file, read, size, std::numeric_limits<std::size_t>::max());
    if (lines.events.empty()) {
        return;
    }
    if (isAtWork(home, folder)) {
        report.stillRunning.push_back(run);
    } else {
        report.add(Finding::Kind::NotIngested, run,
                   std::to_string(lines.events.size()) + " events are not in the history yet; run `lori history import`");
    }
}

/// The run in the history against a fresh ingest of its folder, both up to the byte that the history has read.
void checkRun(SQLite::Database& db, const Home& home, const std::string& run, const fs::path& folder, CheckReport& report)
{
    ++report.runs;
    const std::uint64_t read = bytesRead(db, run);
    checkNewest(home, run, folder, read, report);
    const auto expected = openInMemory();
    static_cast<void>(ingestEvents(*expected, folder, {.annotationsFile = std::nullopt, .untilByte = read}));
    const Comparison comparison = compareRun(db, *expected, run);
    report.events += comparison.events;
    report.metrics += comparison.metrics;
    for (const std::string& difference : comparison.differences) {
        report.add(Finding::Kind::Differs, run, difference);
    }
    checkFiles(db, run, folder, report);
}

void checkKnownRuns(SQLite::Database& db, const Home& home, CheckReport& report)
{
    SQLite::Statement rows(db, "SELECT run, folder FROM runs ORDER BY run");
    while (rows.executeStep()) {
        const std::string run = rows.getColumn(0).getString();
        const fs::path folder = rows.getColumn(1).getString();
        if (!fs::exists(folder)) {
            report.foldersGone.push_back(run);
            continue;
        }
        const auto checked = guardSql(folder, [&] { checkRun(db, home, run, folder, report); });
        if (!checked) {
            report.add(Finding::Kind::BadFolder, run, checked.error().sentence());
        }
    }
}

void checkUnknownFolders(SQLite::Database& db, const Home& home, CheckReport& report)
{
    for (const fs::path& parent : {home.runs(), home.trash()}) {
        for (const fs::path& folder : runFoldersIn(parent)) {
            const std::string run = folder.filename().string();
            SQLite::Statement row(db, "SELECT folder FROM runs WHERE run = ?");
            row.bind(1, run);
            if (!row.executeStep()) {
                report.add(Finding::Kind::NotIngested, run, "the history does not know this run; run `lori history import`");
            } else if (row.getColumn(0).getString() != cleanFolder(folder).string()) {
                report.add(Finding::Kind::Differs, run,
                           "the history looks for it in " + row.getColumn(0).getString() + ", it is in " + folder.string());
            }
        }
    }
}

void checkBackup(const History& history, CheckReport& report)
{
    const auto saved = guard([&] { return readAnnotations(history.annotationsFile()); });
    if (!saved) {
        report.add(Finding::Kind::Backup, "", saved.error().sentence());
        return;
    }
    const AnnotationSet held = collectAnnotations(history.connection(), cleanFolder(history.file().parent_path()));
    for (const auto& [run, annotations] : held) {
        const auto entry = saved->find(run);
        if (annotations.changedMs > 0 && (entry == saved->end() || !(entry->second == annotations))) {
            report.add(Finding::Kind::Backup, run,
                       "annotations.json does not hold its notes and tags as the history does; the next edit "
                       "writes it anew");
        }
    }
}

} // namespace

const char* findingKindName(Finding::Kind kind)
{
    switch (kind) {
    case Finding::Kind::Damaged:
        return "damaged";
    case Finding::Kind::NotIngested:
        return "not_ingested";
    case Finding::Kind::Differs:
        return "differs";
    case Finding::Kind::FileMissing:
        return "file_missing";
    case Finding::Kind::FileDiffers:
        return "file_differs";
    case Finding::Kind::BadFolder:
        return "bad_folder";
    case Finding::Kind::Backup:
        return "backup";
    }
    return "unknown";
}

Result<CheckReport> check(const History& history, const Home& home)
{
    return guardSql(history.file(), [&] {
        SQLite::Database& db = history.connection();
        SQLite::Transaction snapshot(db); // a worker may go on writing: all looks are at one moment
        CheckReport report;
        checkDatabaseFile(db, report);
        checkKnownRuns(db, home, report);
        checkUnknownFolders(db, home, report);
        checkBackup(history, report);
        checkJobs(db, home, report);
        checkQueue(history, report);
        return report;
    });
}

} // namespace lori::database
