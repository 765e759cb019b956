// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_note.h"
#include "core/tasks/task.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::tasks {

/// A row that could not be used.
struct RowProblem {
    std::int64_t line = 0; ///< line (JSON lines), record (JSON, CSV), row (tables), from 1
    std::string field;     ///< "" when the whole row is broken
    std::string problem;   ///< one sentence, to be read after "the line" or "field "x""
};

/// What a data file holds, and everything a preview of it shows.
struct DataFile {
    std::vector<Row> rows;
    experiment::ColumnMapping columns;  ///< as given, or as found
    std::vector<std::string> fields{};  ///< every field name, in the order in which they come up
    std::vector<std::string> unused{};  ///< the fields that no column uses
    std::vector<RowProblem> problems{}; ///< in order; only with BadRows::Skip
    std::vector<DataNote> notes{};      ///< what was left out, what became a system turn …
    std::string form{};                 ///< "JSON lines", "JSON", "CSV", "Parquet", "Arrow"; ", gzip" behind it when packed
    std::string unit = "record";        ///< what RowProblem::line counts: "line", "record", "row"
    std::int64_t severalTurns = 0;      ///< rows with questions and answers in front of the last ones
    std::int64_t systemTurns = 0;       ///< rows with a system turn
};

enum class BadRows : std::uint8_t { Refuse, Skip };

/// Reads JSON lines, JSON documents, CSV, each of them also packed with gzip, and Parquet and Arrow where this build can
/// (records.h); told apart by ending and first bytes. A folder is a data set as `datasets` saves it, or shards of Parquet.
/// Errors: NotFound; Unsupported when it is a file of another kind, named for what it is; BadFile when empty, not UTF-8 (with
/// line and byte), or — with Refuse — at the first broken row (file:line, field, what to do); InvalidArgument when a mapped
/// column does not exist or none can be guessed.
[[nodiscard]] Result<DataFile> readDataFile(const std::filesystem::path& file, const experiment::ColumnMapping& columns,
                                            BadRows badRows);

} // namespace lori::tasks
