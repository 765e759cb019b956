// SPDX-License-Identifier: Apache-2.0
#include "database/migrations.h"

#include "database/sqlite_support.h"

#include <ctime>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

std::string utcStamp()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof(text), "%Y%m%d-%H%M%S", &parts);
    return {text, length};
}

fs::path freeBackupName(const fs::path& file, std::int64_t version)
{
    const std::string base = file.string() + ".v" + std::to_string(version) + "-" + utcStamp();
    fs::path name = base + ".bak";
    for (int number = 2; fs::exists(name); ++number) {
        name = base + "-" + std::to_string(number) + ".bak";
    }
    return name;
}

/// Copies the committed content to a file of its own; the copy appears whole or not at all.
void backUp(const fs::path& file, std::int64_t version)
{
    const fs::path name = freeBackupName(file, version);
    const fs::path part = name.string() + ".part";
    try {
        {
            Connection from(file, Connection::Use::Read);
            Connection to(part, Connection::Use::Private);
            copyDatabase(to, from);
        }
        fs::rename(part, name);
    } catch (...) {
        std::error_code ignored;
        fs::remove(part, ignored);
        throw;
    }
}

std::int64_t userVersion(SQLite::Database& db)
{
    return queryInteger(db, "PRAGMA user_version");
}

} // namespace

std::int64_t requireHistory(SQLite::Database& db, const fs::path& file)
{
    const std::int64_t version = userVersion(db);
    const bool empty = queryInteger(db, "SELECT count(*) FROM sqlite_master") == 0;
    if (empty && version == 0) {
        return 0;
    }
    if (queryInteger(db, "PRAGMA application_id") != kApplicationId) {
        throw Exception(ErrorCode::Mismatch, "this SQLite file belongs to another program, it is not a LoRI history",
                        "choose another file", file.string());
    }
    const auto newest = static_cast<std::int64_t>(migrations().size());
    if (version > newest) {
        throw Exception(ErrorCode::NewerVersion,
                        "the history was written by a newer program (schema " + std::to_string(version) +
                            ", this program knows " + std::to_string(newest) + ")",
                        "use the newer program, or set LORI_HOME to another folder", file.string());
    }
    return version;
}

void migrate(Connection& db, const fs::path& file, std::int64_t version)
{
    bool backedUp = file == ":memory:" || userVersion(db) == 0; // nothing there yet that could be lost
    while (userVersion(db) < version) {
        WriteTransaction transaction(db);
        const std::int64_t from = userVersion(db); // another program may have done this step while we waited
        if (from >= version) {
            return;
        }
        if (from > 0 && !backedUp) {
            backUp(file, from);
            backedUp = true;
        }
        db.exec(migrations()[static_cast<std::size_t>(from)].sql);
        db.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
        db.exec("PRAGMA user_version = " + std::to_string(from + 1));
        transaction.commit();
    }
}

} // namespace lori::database
