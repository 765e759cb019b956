// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/check.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace SQLite {
class Database;
}

namespace lori::database {

/// Looks at the adapters, masks and items files that the history records of a run: there, with the recorded bytes and SHA-256,
/// a mask with the recorded counts. Adds to report.files and report.findings.
void checkFiles(SQLite::Database& db, const std::string& run, const std::filesystem::path& folder, CheckReport& report);

} // namespace lori::database
