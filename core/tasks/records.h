// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_note.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// One record of a data file before its columns are understood.
struct Record {
    std::int64_t line =
        0; ///< line (JSON lines), record (JSON, CSV), row (tables), from 1; the header of a CSV file does not count
    nlohmann::json fields; ///< an object; CSV fields are strings
    std::string problem;   ///< why the record cannot be read, "" when it can
    bool hadNaN = false;   ///< NaN or an infinity stood in it, read as null
};
/// Takes a record; false ends the reading.
using RecordSink = std::function<bool(Record&&)>;

/// What a file turned out to be; filled before its first record is handed on, except for notes about single records.
struct RecordFile {
    std::string form;                      ///< "JSON lines", "JSON", "CSV", "Parquet", "Arrow"; with ", gzip" when packed
    std::string unit = "record";           ///< what Record::line counts: "line", "record", "row"
    std::vector<std::string> indexColumns; ///< names of columns that only number the rows, as pandas writes them
    DataNotes notes;
};

/// JSON lines: one object a line, split on LF only (U+2028 and U+0085 are text), a CR before the LF is left out, blank lines are
/// skipped. Objects that are printed over several lines are taken one after another. A line that is a list of turns is one
/// conversation.
void readJsonLines(std::string_view text, const RecordSink& sink, RecordFile* file = nullptr);
/// A JSON document that holds rows: a list of objects, a list under one name ({"data": […]}), the answer of the hub's viewer
/// ({"rows": [{"row": {…}}]}), columns ({"q": […], "a": […]}) or one object. Throws Exception(BadFile) with line and byte when
/// the text is no JSON, or holds no rows.
void readJsonDocument(std::string_view text, const std::string& name, const RecordSink& sink, RecordFile* file = nullptr);
/// RFC 4180 with a header, LF or CR LF; separated by what the header has most of: commas, semicolons, tabs or bars. A first
/// column without a name, or called "Unnamed: 0", is an index and left out; so are empty columns without a name at the end.
/// Throws Exception(BadFile): a quote that is never closed, other columns without a name or named twice.
void readCsv(std::string_view text, const std::string& name, const RecordSink& sink, RecordFile* file = nullptr);

/// The records of a file or folder of any form that can be read, told apart by its first bytes and its ending.
/// Throws Exception: NotFound; BadFile when empty, not UTF-8 (line and byte) or not readable as its form; Unsupported when it is
/// of a kind that holds no rows or cannot be read, named for what it is.
void readRecordFile(const std::filesystem::path& path, const RecordSink& sink, RecordFile* file = nullptr);

} // namespace lori::tasks
