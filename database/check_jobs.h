// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/check.h"

namespace SQLite {
class Database;
}

namespace lori::database {

/// Compares every job in the history, and every folder of home.jobs(), with a fresh ingest. Throws.
void checkJobs(SQLite::Database& db, const Home& home, CheckReport& report);

/// Compares queue.json with the queue. Throws.
void checkQueue(const History& history, CheckReport& report);

} // namespace lori::database
