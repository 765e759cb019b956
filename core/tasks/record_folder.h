// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_note.h"

#include <filesystem>
#include <vector>

namespace lori::tasks {

/// The tables of a folder in the order of their rows: a data set as `datasets` saves it (Arrow files that state.json lists), or
/// shards of Parquet, also in a folder data/ as on the hub, where those of the split "train" go first and others are noted.
/// Throws Exception(BadFile | InvalidArgument): a folder with several splits or none of these, with what to choose instead.
[[nodiscard]] std::vector<std::filesystem::path> tablesOf(const std::filesystem::path& folder, DataNotes& notes);

} // namespace lori::tasks
