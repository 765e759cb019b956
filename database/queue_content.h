// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/history.h"
#include "database/queue_records.h"

#include <filesystem>
#include <optional>

namespace SQLite {
class Database;
}

namespace lori::database {

// The queue as a whole, in and out of the database and queue.json. All of these throw.

/// None as long as this database has not taken over queue.json.
[[nodiscard]] std::optional<QueueContent> readQueue(SQLite::Database& db);
/// Puts `content` in place of what the database holds. Call inside a transaction.
void writeQueue(SQLite::Database& db, const QueueContent& content);

/// queue.json beside the database.
[[nodiscard]] std::filesystem::path queueFile(const History& history);
/// None when there is no such file. Throws BadFile, NewerVersion.
[[nodiscard]] std::optional<QueueContent> readQueueFile(const std::filesystem::path& file);
/// Throws DiskFull, Io.
void writeQueueFile(const std::filesystem::path& file, const QueueContent& content);

} // namespace lori::database
