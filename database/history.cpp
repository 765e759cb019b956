// SPDX-License-Identifier: Apache-2.0
#include "database/history.h"

#include "database/migrations.h"
#include "database/sqlite_support.h"

namespace lori::database {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<SQLite::Database> openForWriting(const fs::path& file)
{
    if (file.has_parent_path()) {
        fs::create_directories(file.parent_path());
    }
    auto db = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db->setBusyTimeout(kBusyTimeoutMs);
    // Before anything is changed: a file of a newer or another program must stay as it is.
    static_cast<void>(requireHistory(*db, file));
    prepareConnection(*db, true);
    migrate(*db, file, History::schemaVersion());
    return db;
}

std::unique_ptr<SQLite::Database> openForReading(const fs::path& file)
{
    if (!fs::exists(file)) {
        throw Exception(ErrorCode::NotFound, "there is no history yet",
                        "start a run, or import one with `lori history import FOLDER`", file.string());
    }
    auto db = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY);
    prepareConnection(*db, false);
    const std::int64_t version = requireHistory(*db, file);
    if (version < History::schemaVersion()) {
        throw Exception(ErrorCode::Unsupported,
                        "the history has the older schema " + std::to_string(version) + ", this program reads schema " +
                            std::to_string(History::schemaVersion()),
                        "open it once for writing, which brings it up to date", file.string());
    }
    return db;
}

} // namespace

Result<History> History::open(const fs::path& file, Access access)
{
    return guardSql(file, [&] {
        if (fs::is_directory(file)) {
            throw Exception(ErrorCode::BadFile, "this is a folder, not a history file", "name the file in it", file.string());
        }
        return History(file, access, access == Access::ReadWrite ? openForWriting(file) : openForReading(file));
    });
}

History::History(fs::path file, Access access, std::unique_ptr<SQLite::Database> connection)
    : m_file(std::move(file)), m_access(access), m_connection(std::move(connection))
{
}
History::History(History&& other) noexcept = default;
History& History::operator=(History&& other) noexcept = default;
History::~History() = default;

fs::path History::annotationsFile() const
{
    return m_file.parent_path() / "annotations.json";
}

Result<std::int64_t> History::dataVersion() const
{
    return guardSql(m_file, [&] { return queryInteger(*m_connection, "PRAGMA data_version"); });
}

std::int64_t History::schemaVersion()
{
    return static_cast<std::int64_t>(migrations().size());
}

} // namespace lori::database
