// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/run_records.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::database {

/// A path that an event names, made absolute; none when it is empty or leads out of the run folder.
[[nodiscard]] std::optional<std::filesystem::path> pathInFolder(const std::filesystem::path& runFolder, const std::string& named);

/// The rows of an items file (JSON lines {"id","prompt","expected","answer","extracted","hit"}); none when it is not there.
/// Values that are not text are kept as JSON text; unreadable lines are left out.
/// Throws Io, BadFile (over 1 GiB).
[[nodiscard]] std::optional<std::vector<ItemRow>> readItems(const std::filesystem::path& file);

} // namespace lori::database
