// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace lori::database {

class Connection;

/// One connection to the experiment history (SQLite, WAL). The run folders are the truth; the history is what people search,
/// compare and annotate, and can be rebuilt from them (check.h).
///
/// Threading: one History per thread; several Historys, in one process or many, may be open on the same file. Writers wait for
/// each other up to 5 seconds, readers never wait. Writes and checkpoints hold the lock "<file>.lock" (write_lock.h).
class History final {
public:
    enum class Access : std::uint8_t {
        ReadWrite, ///< makes the file and its folder when missing, brings an older schema up to date after a backup beside it
        ReadOnly,  ///< changes nothing; the file must exist with the current schema
    };

    /// Errors: NotFound (ReadOnly), NewerVersion (made by a newer program), Unsupported (ReadOnly, older schema), BadFile
    /// (damaged; the hint names `lori history rebuild`), Mismatch (another program's database), Busy (locked for over 5 s),
    /// DiskFull, Io.
    [[nodiscard]] static Result<History> open(const std::filesystem::path& file, Access access = Access::ReadWrite);

    History(History&& other) noexcept;
    History& operator=(History&& other) noexcept;
    History(const History&) = delete;
    History& operator=(const History&) = delete;
    ~History();

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    /// annotations.json beside the database: every edit a person made, so that a lost database loses none (annotations.h).
    [[nodiscard]] std::filesystem::path annotationsFile() const;
    [[nodiscard]] bool isReadOnly() const { return m_access == Access::ReadOnly; }
    /// A number that changes whenever another connection changed the history (PRAGMA data_version): poll it before reading again.
    [[nodiscard]] Result<std::int64_t> dataVersion() const;
    /// Schema version of this program: the number of the newest migration.
    [[nodiscard]] static std::int64_t schemaVersion();

    /// For this room only: the connection the repositories work on.
    [[nodiscard]] Connection& connection() const { return *m_connection; }

private:
    History(std::filesystem::path file, Access access, std::unique_ptr<Connection> connection);
    std::filesystem::path m_file;
    Access m_access = Access::ReadWrite;
    std::unique_ptr<Connection> m_connection;
};

/// The SQLite library in use, as it says itself at run time: "3.40.1".
[[nodiscard]] std::string sqliteVersion();

} // namespace lori::database
