// SPDX-License-Identifier: Apache-2.0
#include "database/job_ingest.h"

#include "core/support/files.h"
#include "database/event_lines.h"
#include "database/ingest_events.h"
#include "database/job_row.h"
#include "database/sqlite_support.h"

#include <algorithm>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// The job's row; made when the history does not know the job yet, moved when its folder has moved.
JobRow requireJob(Connection& db, const fs::path& folder, JobIngested& result)
{
    std::optional<JobRow> row = readJobRow(db, result.job);
    if (row && row->folder == folder) {
        return *row;
    }
    WriteTransaction transaction(db);
    row = readJobRow(db, result.job);
    if (!row) {
        result.newJob = true;
        insertJob(db, result.job, folder);
    } else if (row->folder != folder) {
        if (fs::exists(row->folder / "job.json")) {
            throw Exception(ErrorCode::AlreadyExists, "the history knows another job of this name, in " + row->folder.string(),
                            "rename one of the two folders", folder.string());
        }
        moveJob(db, result.job, folder);
    }
    row = readJobRow(db, result.job);
    transaction.commit();
    return *row;
}

void apply(SQLite::Database& db, JobRow& row, const EventLine& line)
{
    row.lastSeq = line.event.seq;
    row.life.fold(line.event);
    if (const auto* artifact = line.event.as<events::Artifact>()) {
        writeArtifact(db, row.id, *artifact, line.event.timeMs);
    } else if (line.event.as<events::Finished>() != nullptr) {
        row.result = readResult(row.folder);
    }
}

/// One transaction. False when another connection ingested in the meantime and the lines are to be read again.
bool writeLines(Connection& db, const JobRow& before, const EventLines& lines, bool startOver, JobIngested& result)
{
    WriteTransaction transaction(db);
    const std::optional<JobRow> now = readJobRow(db, before.id);
    if (!now || now->bytes != before.bytes || now->tail != before.tail) {
        return false;
    }
    JobRow row = *now;
    if (startOver) {
        row = resetJob(db, row);
        result.startedOver = true;
    }
    std::int64_t skipped = lines.skippedLines;
    for (const EventLine& line : lines.events) {
        if (line.event.seq > row.lastSeq) {
            apply(db, row, line);
            ++result.newEvents;
        } else {
            ++skipped;
        }
    }
    row.bytes = lines.endByte;
    row.tail = lines.tail;
    row.skippedLines += skipped;
    writeJobRow(db, row);
    transaction.commit();
    result.skippedLines += skipped;
    return true;
}

} // namespace

std::vector<fs::path> jobFoldersIn(const fs::path& parent)
{
    std::vector<fs::path> folders;
    if (!fs::is_directory(parent)) {
        return folders;
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(parent)) {
        const bool isBeingMade = entry.path().filename().string().front() == '.';
        if (!isBeingMade && entry.is_directory() && fs::is_regular_file(entry.path() / "job.json")) {
            folders.push_back(entry.path());
        }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

JobIngested ingestJobEvents(Connection& db, const fs::path& jobFolder, std::uint64_t untilByte)
{
    const fs::path folder = cleanFolder(jobFolder);
    if (!fs::is_directory(folder)) {
        throw Exception(ErrorCode::NotFound, "there is no such folder", "name the folder of a job", folder.string());
    }
    JobIngested result;
    result.job = folder.filename().string();
    const fs::path events = folder / "events.jsonl";
    for (;;) {
        const JobRow row = requireJob(db, folder, result);
        const std::uint64_t until = std::min(sizeOf(events), untilByte);
        if (until == 0 && row.bytes > 0) {
            throw Exception(ErrorCode::NotFound,
                            "events.jsonl is gone or empty, though the history has read events of this job; its row is kept",
                            "bring the file back from a backup", folder.string());
        }
        const bool startOver = until < row.bytes || tailBefore(events, row.bytes) != row.tail;
        const EventLines lines = readEventLines(events, startOver ? 0 : row.bytes, until, kEventsPerTransaction);
        if (lines.endByte == row.bytes && !startOver) {
            return result;
        }
        if (writeLines(db, row, lines, startOver, result) && lines.atEnd) {
            return result;
        }
    }
}

Result<JobIngested> ingestJob(const History& history, const fs::path& jobFolder)
{
    return guardSql(history.file(),
                    [&] { return ingestJobEvents(history.connection(), jobFolder, std::numeric_limits<std::uint64_t>::max()); });
}

} // namespace lori::database
