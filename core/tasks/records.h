// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace lori::tasks {

/// One record of a data file before its columns are understood.
struct Record {
    std::int64_t line = 0; ///< line (JSONL), record (JSON, CSV), from 1; the header of a CSV file does not count
    nlohmann::json fields; ///< an object; CSV fields are strings
    std::string problem;   ///< why the record cannot be read, "" when it can
};
/// Takes a record; false ends the reading.
using RecordSink = std::function<bool(Record&&)>;

/// One JSON object a line, split on LF only (U+2028 and U+0085 are text), a CR before the LF is left out, blank lines are
/// skipped.
void readJsonLines(std::string_view text, const RecordSink& sink);
/// A list of JSON objects. Throws Exception(BadFile) with line and byte when the text is no JSON list.
void readJsonList(std::string_view text, const std::string& file, const RecordSink& sink);
/// RFC 4180 with a header, LF or CR LF; separated by commas, or by semicolons or tabs when the header has no comma.
/// Throws Exception(BadFile): a quote that is never closed, header fields that are empty or named twice.
void readCsv(std::string_view text, const std::string& file, const RecordSink& sink);

/// The records of a file in any of the three forms, told apart by extension and first byte.
/// Throws Exception: NotFound; BadFile when empty, not UTF-8 (line and byte) or not readable as its form.
void readRecordFile(const std::filesystem::path& file, const RecordSink& sink);

} // namespace lori::tasks
