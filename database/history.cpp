// SPDX-License-Identifier: Apache-2.0
#include "database/history.h"

#include "database/migrations.h"
#include "database/sqlite_support.h"

#include <sqlite3.h>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<Connection> openForWriting(const fs::path& file)
{
    if (file.has_parent_path()) {
        fs::create_directories(file.parent_path());
    }
    auto db = std::make_unique<Connection>(file, Connection::Use::Write);
    // Before anything is changed: a file of a newer or another program must stay as it is.
    static_cast<void>(requireHistory(*db, file));
    db->useWal();
    migrate(*db, file, History::schemaVersion());
    return db;
}

std::unique_ptr<Connection> openForReading(const fs::path& file)
{
    if (!fs::exists(file)) {
        throw Exception(ErrorCode::NotFound, "there is no history yet",
                        "start a run, or import one with `lori history import FOLDER`", file.string());
    }
    auto db = std::make_unique<Connection>(file, Connection::Use::Read);
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

History::History(fs::path file, Access access, std::unique_ptr<Connection> connection)
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

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

} // namespace lori::database
