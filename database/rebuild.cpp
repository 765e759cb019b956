// SPDX-License-Identifier: Apache-2.0
#include "database/annotation_backup.h"
#include "database/check.h"
#include "database/event_lines.h"
#include "database/ingest_events.h"
#include "database/migrations.h"
#include "database/rebuild_jobs.h"
#include "database/run_row.h"
#include "database/sqlite_support.h"

#include <array>
#include <map>
#include <optional>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// A SQLite file together with the two that WAL keeps beside it.
const std::array<const char*, 3> kFileParts{"", "-wal", "-shm"};

void removeDatabase(const fs::path& file)
{
    for (const char* part : kFileParts) {
        fs::remove(file.string() + part);
    }
}

/// The database under construction; its file goes with it unless it was put in place.
class NewDatabase final {
public:
    /// Busy when another program is making one in the same place.
    explicit NewDatabase(fs::path file) : m_file(std::move(file)), m_lock(m_file)
    {
        m_lock.acquire();
        removeDatabase(m_file);
        m_db = std::make_unique<Connection>(m_file, Connection::Use::Private);
        migrate(*m_db, m_file, static_cast<std::int64_t>(migrations().size()));
    }
    NewDatabase(const NewDatabase&) = delete;
    NewDatabase& operator=(const NewDatabase&) = delete;
    ~NewDatabase()
    {
        m_db.reset();
        std::error_code ignored;
        for (const char* part : kFileParts) {
            fs::remove(m_file.string() + part, ignored);
        }
        m_lock.removeFile();
    }
    [[nodiscard]] Connection& db() { return *m_db; }
    /// Renames the closed file; `place` is free.
    void moveTo(const fs::path& place)
    {
        m_db.reset();
        fs::rename(m_file, place);
    }

private:
    fs::path m_file;
    WriteLock m_lock;
    std::unique_ptr<Connection> m_db;
};

/// The old database where it can be read. A damaged one is none; anything else wrong with it (busy, newer …) stops the rebuild.
std::optional<History> openOld(const fs::path& file)
{
    if (!fs::exists(file)) {
        return std::nullopt;
    }
    auto opened = History::open(file);
    if (opened) {
        const auto sound = guardSql(file, [&] {
            SQLite::Statement test(opened->connection(), "PRAGMA quick_check(1)");
            return test.executeStep() && test.getColumn(0).getString() == "ok";
        });
        return sound && *sound ? std::optional(std::move(*opened)) : std::nullopt;
    }
    if (opened.error().code != ErrorCode::BadFile || fs::is_directory(file)) {
        throw Exception(opened.error());
    }
    return std::nullopt;
}

/// What the file holds, overlaid by what the old database holds.
AnnotationSet gatherAnnotations(const fs::path& historyFile, const std::optional<History>& old)
{
    AnnotationSet set;
    const auto saved = guard([&] { return readAnnotations(historyFile.parent_path() / "annotations.json"); });
    if (saved) {
        set = *saved;
    } else if (saved.error().code != ErrorCode::BadFile || !old) {
        throw Exception(saved.error()); // without either source a person's edits would be lost for good
    }
    if (old) {
        for (auto& [run, annotations] : collectAnnotations(old->connection(), cleanFolder(historyFile.parent_path()))) {
            set[run] = std::move(annotations);
        }
    }
    return set;
}

/// Run folders by run id; the history's own come before those imported from elsewhere.
std::map<std::string, fs::path> gatherFolders(const Home& home, const AnnotationSet& annotations)
{
    std::map<std::string, fs::path> folders;
    for (const fs::path& parent : {home.runs(), home.trash()}) {
        for (const fs::path& folder : runFoldersIn(parent)) {
            folders.emplace(folder.filename().string(), folder);
        }
    }
    for (const auto& [run, entry] : annotations) {
        if (!entry.folder.empty() && fs::is_regular_file(fs::path(entry.folder) / "config.json")) {
            folders.emplace(run, entry.folder);
        }
    }
    return folders;
}

/// Whether the folder can still give what the old database knows of the run.
bool folderSuffices(Connection& scratch, const fs::path& folder, std::int64_t oldBytes)
{
    if (oldBytes > 0 && sizeOf(folder / "events.jsonl") == 0) {
        return false;
    }
    const WriteTransaction tried(scratch); // never committed
    return guard([&] { return insertRun(scratch, folder.filename().string(), folder); }).has_value();
}

/// Takes over the rows of runs whose folders are gone. Done first, so that all row numbers can stay as they are.
void keepOldRows(Connection& db, const fs::path& oldFile, const Home& home, const std::map<std::string, fs::path>& folders,
                 RebuildReport& report)
{
    SQLite::Statement attach(db, "ATTACH ? AS old");
    attach.bind(1, oldFile.string());
    attach.exec();
    std::vector<std::pair<std::int64_t, std::string>> kept;
    {
        SQLite::Statement rows(
            db, "SELECT id, run, coalesce(bytes, 0) FROM old.runs LEFT JOIN old.ingest_state ON run_id = id ORDER BY run");
        while (rows.executeStep()) {
            const std::string name = rows.getColumn(1).getString();
            const auto folder = folders.find(name);
            if (folder == folders.end() || !folderSuffices(db, folder->second, rows.getColumn(2).getInt64())) {
                kept.emplace_back(rows.getColumn(0).getInt64(), name);
            }
        }
    }
    {
        WriteTransaction transaction(db);
        if (!kept.empty()) {
            db.exec("INSERT INTO machines SELECT * FROM old.machines; INSERT INTO metric_keys SELECT * FROM old.metric_keys");
        }
        for (const auto& [number, name] : kept) {
            for (const char* sql : {"INSERT INTO runs SELECT * FROM old.runs WHERE id = ?",
                                    "INSERT INTO configurations SELECT * FROM old.configurations WHERE run_id = ?",
                                    "INSERT INTO stages SELECT * FROM old.stages WHERE run_id = ?",
                                    "INSERT INTO events SELECT * FROM old.events WHERE run_id = ?",
                                    "INSERT INTO metrics SELECT * FROM old.metrics WHERE run_id = ?",
                                    "INSERT INTO evaluations SELECT * FROM old.evaluations WHERE run_id = ?",
                                    "INSERT INTO evaluation_items SELECT * FROM old.evaluation_items WHERE evaluation_id IN "
                                    "(SELECT id FROM old.evaluations WHERE run_id = ?)",
                                    "INSERT INTO adapters SELECT * FROM old.adapters WHERE run_id = ?",
                                    "INSERT INTO masks SELECT * FROM old.masks WHERE run_id = ?",
                                    "INSERT INTO run_scores SELECT * FROM old.run_scores WHERE run_id = ?",
                                    "INSERT INTO ingest_state SELECT * FROM old.ingest_state WHERE run_id = ?"}) {
                SQLite::Statement copy(db, sql);
                copy.bind(1, number);
                copy.exec();
            }
            report.keptRows.push_back(name);
        }
        keepOldJobs(db, home, report);
        transaction.commit();
    }
    db.exec("DETACH old");
}

void fill(Connection& db, const Home& home, const std::map<std::string, fs::path>& folders, const AnnotationSet& annotations,
          RebuildReport& report)
{
    for (const auto& [run, folder] : folders) {
        if (findRunNumber(db, run)) {
            continue; // kept from the old database
        }
        const auto ingested = guardSql(folder, [&] { return ingestEvents(db, folder, {}); });
        if (!ingested) {
            report.problems.push_back({Finding::Kind::BadFolder, run, ingested.error().sentence()});
        }
    }
    WriteTransaction transaction(db);
    for (const auto& [run, entry] : annotations) {
        const auto number = findRunNumber(db, run);
        if (number) {
            applyAnnotations(db, *number, entry);
            ++report.annotated;
        }
    }
    for (const auto& [run, folder] : folders) {
        noteTrash(db, run, folder.parent_path() == home.trash()); // where a folder lies counts more than what was noted
    }
    transaction.commit();
    fillJobs(db, home, report);
    report.runs = queryInteger(db, "SELECT count(*) FROM runs");
    report.jobs = queryInteger(db, "SELECT count(*) FROM jobs");
    report.events = queryInteger(db, "SELECT count(*) FROM events");
}

/// Puts the new content in place. A readable database is overwritten through SQLite in one transaction, so that programs which
/// have it open see the new content; a damaged one is moved aside.
void putInPlace(NewDatabase& made, std::optional<History>& old, const fs::path& file, RebuildReport& report)
{
    if (old) {
        Connection& db = old->connection();
        const WriteAccess access(db);
        keepQueue(made.db(), db); // as late as this: nobody can change it until the new content is in place
        copyDatabase(db, made.db());
        db.checkpoint(); // the WAL holds a second copy of everything now
        return;
    }
    WriteLock lock(file);
    lock.acquire();
    if (fs::exists(file)) {
        report.damagedFile = file.string() + ".damaged-" + std::to_string(nowMs());
        for (const char* part : kFileParts) {
            if (fs::exists(file.string() + part)) {
                fs::rename(file.string() + part, report.damagedFile.string() + part);
            }
        }
    }
    made.moveTo(file);
}

/// Edits that somebody made while the new database was being filled are in annotations.json by now.
void takeLateEdits(const History& history)
{
    WriteTransaction transaction(history.connection());
    const AnnotationSet held = collectAnnotations(history.connection(), cleanFolder(history.file().parent_path()));
    const auto saved = guard([&] { return readAnnotations(history.annotationsFile()); });
    if (saved) {
        for (const auto& [run, entry] : *saved) {
            const auto number = findRunNumber(history.connection(), run);
            const auto known = held.find(run);
            if (number && entry.changedMs > (known == held.end() ? 0 : known->second.changedMs)) {
                applyAnnotations(history.connection(), *number, entry);
            }
        }
    }
    backUpAnnotations(history);
    transaction.commit();
}

} // namespace

Result<RebuildReport> rebuild(const fs::path& historyFile, const Home& home)
{
    return guardSql(historyFile, [&] {
        RebuildReport report;
        if (historyFile.has_parent_path()) {
            fs::create_directories(historyFile.parent_path());
        }
        std::optional<History> old = openOld(historyFile);
        const AnnotationSet annotations = gatherAnnotations(historyFile, old);
        const auto folders = gatherFolders(home, annotations);
        // Where the file really is: a link to it stays a link, and the two that WAL keeps lie beside the file.
        const fs::path place = fs::exists(historyFile) ? fs::canonical(historyFile) : historyFile;
        NewDatabase made(place.string() + ".rebuild");
        if (old) {
            keepOldRows(made.db(), historyFile, home, folders, report);
        }
        fill(made.db(), home, folders, annotations, report);
        putInPlace(made, old, place, report);
        old.reset();
        takeLateEdits(History::open(historyFile).value());
        return report;
    });
}

} // namespace lori::database
