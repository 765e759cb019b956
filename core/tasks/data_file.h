// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::tasks {

/// A row that could not be used.
struct RowProblem {
    std::int64_t line = 0;  ///< line (JSONL), record (JSON, CSV), from 1
    std::string field;      ///< "" when the whole row is broken
    std::string problem;    ///< one sentence
};

struct DataFile {
    std::vector<Row> rows;
    experiment::ColumnMapping columns;      ///< as given, or as found
    std::vector<std::string> fields;        ///< every field name of the first 100 rows
    std::vector<RowProblem> problems;
};

enum class BadRows : std::uint8_t { Refuse, Skip };

/// Reads JSONL (split on LF only), a JSON list, or CSV (RFC 4180) by extension and first byte.
/// Errors: NotFound; BadFile when empty, not UTF-8 (with line and byte), or — with Refuse — at the first broken row (file:line,
/// field, what to do); InvalidArgument when a mapped column does not exist or none can be guessed.
[[nodiscard]] Result<DataFile> readDataFile(const std::filesystem::path& file, const experiment::ColumnMapping& columns, BadRows badRows);

} // namespace lori::tasks
