// SPDX-License-Identifier: Apache-2.0
#include "database/ingest.h"

#include "database/annotation_backup.h"
#include "database/event_lines.h"
#include "database/event_projector.h"
#include "database/ingest_events.h"
#include "database/run_row.h"
#include "database/sqlite_support.h"

#include <algorithm>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// How far a run was read.
struct Mark {
    std::int64_t number = 0;
    fs::path folder;
    std::uint64_t bytes = 0;
    std::string tail;
    std::int64_t lastSeq = 0;
};

std::optional<Mark> readMark(SQLite::Database& db, const std::string& run)
{
    SQLite::Statement row(db, "SELECT runs.id, folder, coalesce(bytes, 0), coalesce(tail, x''), coalesce(last_seq, 0) "
                              "FROM runs LEFT JOIN ingest_state ON run_id = runs.id WHERE run = ?");
    row.bind(1, run);
    if (!row.executeStep()) {
        return std::nullopt;
    }
    return Mark{row.getColumn(0).getInt64(), row.getColumn(1).getString(),
                static_cast<std::uint64_t>(row.getColumn(2).getInt64()), row.getColumn(3).getString(),
                row.getColumn(4).getInt64()};
}

void writeMark(SQLite::Database& db, const Mark& mark, const EventLines& lines, std::int64_t lastSeq, std::int64_t skipped)
{
    SQLite::Statement upsert(db, "INSERT INTO ingest_state (run_id, bytes, tail, last_seq, skipped_lines) VALUES (?, ?, ?, ?, ?) "
                                 "ON CONFLICT DO UPDATE SET bytes = excluded.bytes, tail = excluded.tail, "
                                 "last_seq = excluded.last_seq, skipped_lines = skipped_lines + excluded.skipped_lines");
    upsert.bind(1, mark.number);
    upsert.bind(2, static_cast<std::int64_t>(lines.endByte));
    upsert.bind(3, lines.tail.data(), static_cast<int>(lines.tail.size()));
    upsert.bind(4, lastSeq);
    upsert.bind(5, skipped);
    upsert.exec();
}

/// The run's row; made when the history does not know the run yet, moved when its folder has moved.
Mark requireRun(Connection& db, const std::string& run, const fs::path& folder, const IngestOptions& options, Ingested& result)
{
    std::optional<Mark> mark = readMark(db, run);
    if (mark && mark->folder == folder) {
        return *mark;
    }
    WriteTransaction transaction(db);
    mark = readMark(db, run);
    if (!mark) {
        result.newRun = true;
        const std::int64_t number = insertRun(db, run, folder);
        if (options.annotationsFile) {
            restoreAnnotations(db, number, run, *options.annotationsFile);
        }
        mark = Mark{number, folder, 0, "", 0};
    } else if (mark->folder != folder) {
        if (fs::exists(mark->folder / "config.json")) {
            throw Exception(ErrorCode::AlreadyExists, "the history knows another run of this name, in " + mark->folder.string(),
                            "rename one of the two folders", folder.string());
        }
        SQLite::Statement move(db, "UPDATE runs SET folder = ? WHERE id = ?");
        move.bind(1, folder.string());
        move.bind(2, mark->number);
        move.exec();
        mark->folder = folder;
    }
    transaction.commit();
    return *mark;
}

/// One transaction. False when another connection ingested in the meantime and the lines are to be read again.
bool writeLines(Connection& db, const Mark& mark, const std::string& run, const EventLines& lines, bool startOver,
                Ingested& result)
{
    WriteTransaction transaction(db);
    const std::optional<Mark> now = readMark(db, run);
    if (!now || now->bytes != mark.bytes || now->tail != mark.tail) {
        return false;
    }
    if (startOver) {
        resetRun(db, mark.number, mark.folder);
        result.startedOver = true;
    }
    EventProjector projector(db, mark.number, mark.folder);
    std::int64_t lastSeq = startOver ? 0 : mark.lastSeq;
    std::int64_t skipped = lines.skippedLines;
    for (const EventLine& line : lines.events) {
        if (projector.apply(line)) {
            ++result.newEvents;
            lastSeq = std::max(lastSeq, line.event.seq);
        } else {
            ++skipped;
        }
    }
    projector.finish();
    writeMark(db, mark, lines, lastSeq, skipped);
    transaction.commit();
    result.skippedLines += skipped;
    result.missingItemFiles += projector.missingItemFiles();
    return true;
}

/// The mark of a run whose folder somebody moved by hand. Looks first, because most need no write.
void followTrash(Connection& db, const std::string& run, bool inTrash)
{
    if (isNotedAsTrash(db, run) == inTrash) {
        return;
    }
    WriteTransaction transaction(db);
    noteTrash(db, run, inTrash);
    transaction.commit();
}

} // namespace

fs::path cleanFolder(const fs::path& folder)
{
    fs::path clean = fs::weakly_canonical(fs::absolute(folder)).lexically_normal();
    return clean.filename().empty() ? clean.parent_path() : clean;
}

std::vector<fs::path> runFoldersIn(const fs::path& parent)
{
    std::vector<fs::path> folders;
    if (!fs::is_directory(parent)) {
        return folders;
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(parent)) {
        if (entry.is_directory() && fs::is_regular_file(entry.path() / "config.json")) {
            folders.push_back(entry.path());
        }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

Ingested ingestEvents(Connection& db, const fs::path& runFolder, const IngestOptions& options)
{
    const fs::path folder = cleanFolder(runFolder);
    if (!fs::is_directory(folder)) {
        throw Exception(ErrorCode::NotFound, "there is no such folder", "name the folder of a run", folder.string());
    }
    Ingested result;
    result.run = folder.filename().string();
    const fs::path events = folder / "events.jsonl";
    for (;;) {
        const Mark mark = requireRun(db, result.run, folder, options, result);
        const std::uint64_t until = std::min(sizeOf(events), options.untilByte);
        if (until == 0 && mark.bytes > 0) {
            throw Exception(ErrorCode::NotFound,
                            "events.jsonl is gone or empty, though the history has events of this run; its rows "
                            "are kept",
                            "bring the file back from a backup, or move the run to the trash", folder.string());
        }
        const bool startOver = until < mark.bytes || tailBefore(events, mark.bytes) != mark.tail;
        const EventLines lines = readEventLines(events, startOver ? 0 : mark.bytes, until, kEventsPerTransaction);
        if (lines.endByte == mark.bytes && !startOver) {
            return result;
        }
        if (writeLines(db, mark, result.run, lines, startOver, result) && lines.atEnd) {
            return result;
        }
    }
}

Result<Ingested> ingestFolder(const History& history, const fs::path& runFolder)
{
    return guardSql(history.file(), [&] {
        const Ingested result = ingestEvents(history.connection(), runFolder, {.annotationsFile = history.annotationsFile()});
        const fs::path ownRuns = cleanFolder(history.file().parent_path()) / "runs";
        if (result.newRun && cleanFolder(runFolder).parent_path() != ownRuns) {
            // A folder from elsewhere is found again after the loss of the database only if something else remembers it.
            WriteTransaction transaction(history.connection());
            backUpAnnotations(history);
            transaction.commit();
        }
        return result;
    });
}

Result<HomeIngested> ingestHome(const History& history, const Home& home)
{
    return guardSql(history.file(), [&] {
        HomeIngested result;
        for (const fs::path& parent : {home.runs(), home.trash()}) {
            for (const fs::path& folder : runFoldersIn(parent)) {
                auto ingested = ingestFolder(history, folder);
                if (!ingested) {
                    result.problems.push_back({folder, ingested.error()});
                } else if (ingested->newRun || ingested->startedOver || ingested->newEvents > 0 || ingested->skippedLines > 0) {
                    result.runs.push_back(*ingested);
                }
                if (ingested) {
                    followTrash(history.connection(), ingested->run, parent == home.trash());
                }
            }
        }
        for (const fs::path& folder : jobFoldersIn(home.jobs())) {
            auto ingested = ingestJob(history, folder);
            if (!ingested) {
                result.problems.push_back({folder, ingested.error()});
            } else if (ingested->newJob || ingested->startedOver || ingested->newEvents > 0 || ingested->skippedLines > 0) {
                result.jobs.push_back(*ingested);
            }
        }
        return result;
    });
}

} // namespace lori::database
