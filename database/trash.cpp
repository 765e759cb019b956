// SPDX-License-Identifier: Apache-2.0
// A run's way into the trash, back, and out of the world.
#include "core/jobs/job_lock.h"
#include "database/annotation_backup.h"
#include "database/annotations.h"
#include "database/ingest_events.h"
#include "database/run_needs.h"
#include "database/sqlite_support.h"

namespace lori::database {

namespace fs = std::filesystem;

namespace {

struct Place {
    std::int64_t number = 0;
    fs::path folder;
    bool inTrash = false;
    fs::path trashedFrom;
};

Place placeOf(SQLite::Database& db, const std::string& run)
{
    Place place;
    place.number = requireRunNumber(db, run);
    SQLite::Statement row(db, "SELECT folder, trashed_ms IS NOT NULL, coalesce(trashed_from, '') FROM runs WHERE id = ?");
    row.bind(1, place.number);
    row.executeStep();
    place.folder = row.getColumn(0).getString();
    place.inTrash = row.getColumn(1).getInt() != 0;
    place.trashedFrom = row.getColumn(2).getString();
    return place;
}

void requireIdle(const Home& home, const fs::path& folder)
{
    const auto opened = jobs::RunFolder::open(home, folder.string());
    if (!opened) {
        return; // no config.json: nothing can be running here
    }
    if (const auto pid = jobs::JobLock::holder(*opened)) {
        throw Exception(ErrorCode::Busy, "the run is at work (process " + std::to_string(*pid) + ")", "stop it first",
                        folder.string());
    }
}

/// Renames a folder; across file systems copies it whole before the original goes.
void moveFolder(const fs::path& from, const fs::path& to)
{
    if (fs::exists(to)) {
        throw Exception(ErrorCode::AlreadyExists, "there is a folder of this name already", "rename or remove it", to.string());
    }
    fs::create_directories(to.parent_path());
    std::error_code error;
    fs::rename(from, to, error);
    if (!error) {
        return;
    }
    if (error != std::errc::cross_device_link) {
        throw fs::filesystem_error("cannot move the run", from, to, error);
    }
    const fs::path part = to.string() + ".part";
    try {
        fs::copy(from, part, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
        fs::rename(part, to);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(part, ignored);
        throw;
    }
    fs::remove_all(from);
}

void writePlace(SQLite::Database& db, const Place& place)
{
    SQLite::Statement update(
        db, "UPDATE runs SET folder = ?, trashed_ms = ?, trashed_from = nullif(?, ''), annotated_ms = ? WHERE id = ?");
    update.bind(1, place.folder.string());
    bindOptional(update, 2, place.inTrash ? std::optional(nowMs()) : std::nullopt);
    update.bind(3, place.trashedFrom.string());
    update.bind(4, nowMs());
    update.bind(5, place.number);
    update.exec();
}

/// The folder moves last. Should the commit fail after that, ingestHome finds the folder where it is and corrects the row.
void relocate(const History& history, const Place& to, const fs::path& from)
{
    SQLite::Database& db = history.connection();
    writePlace(db, to);
    backUpAnnotations(history);
    if (from != to.folder) {
        moveFolder(from, to.folder);
    }
}

void requireWritable(const History& history)
{
    if (history.isReadOnly()) {
        throw Exception(ErrorCode::Unsupported, "the history was opened for reading only", "", history.file().string());
    }
}

} // namespace

Result<void> Annotations::moveToTrash(const std::string& run) const
{
    return guardSql(m_history.file(), [&] {
        requireWritable(m_history);
        Connection& db = m_history.connection();
        WriteTransaction transaction(db);
        Place place = placeOf(db, run);
        if (place.inTrash) {
            return;
        }
        const fs::path from = place.folder;
        requireNobodyNeeds(db, place.number, from);
        place.inTrash = true;
        place.trashedFrom = from;
        if (fs::exists(from)) {
            requireIdle(m_home, from);
            place.folder = cleanFolder(m_home.trash()) / run;
        }
        relocate(m_history, place, from);
        transaction.commit();
    });
}

Result<void> Annotations::restore(const std::string& run) const
{
    return guardSql(m_history.file(), [&] {
        requireWritable(m_history);
        Connection& db = m_history.connection();
        WriteTransaction transaction(db);
        Place place = placeOf(db, run);
        if (!place.inTrash) {
            return;
        }
        const fs::path from = place.folder;
        place.inTrash = false;
        if (fs::exists(from)) {
            place.folder = place.trashedFrom.empty() ? cleanFolder(m_home.runs()) / run : place.trashedFrom;
        }
        place.trashedFrom.clear();
        relocate(m_history, place, from);
        transaction.commit();
    });
}

Result<void> Annotations::deleteForever(const std::string& run) const
{
    return guardSql(m_history.file(), [&] {
        requireWritable(m_history);
        Connection& db = m_history.connection();
        WriteTransaction transaction(db);
        const Place place = placeOf(db, run);
        if (!place.inTrash) {
            throw Exception(ErrorCode::InvalidArgument, "the run is not in the trash", "move it to the trash first", run);
        }
        // Only ever a folder directly in the trash: a row alone must not decide what is deleted.
        if (fs::exists(place.folder) && place.folder.parent_path() == cleanFolder(m_home.trash())) {
            fs::remove_all(place.folder);
        }
        SQLite::Statement remove(db, "DELETE FROM runs WHERE id = ?");
        remove.bind(1, place.number);
        remove.exec();
        db.exec("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM run_tags)");
        forgetAnnotations(m_history, run);
        transaction.commit();
    });
}

} // namespace lori::database
