// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/connection.h"

#include <cstdint>
#include <filesystem>

namespace lori::database {

/// Refuses to let a run's folder go while somebody reads from it: another run that is not in the trash and whose configuration
/// names a file in it (to be repeated it needs that adapter, mask or data), a job that is not finished and whose options do, or a
/// recipe or sweep at work that made this run. Throws Mismatch, in one sentence with who needs it.
/// Cost: parses the configurations and options that mention the folder's name.
void requireNobodyNeeds(SQLite::Database& db, std::int64_t number, const std::filesystem::path& folder);

} // namespace lori::database
