// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/data_file.h"

#include "core/support/files.h"
#include "core/tasks/columns.h"
#include "core/tasks/records.h"
#include "core/tasks/utf8.h"

#include <algorithm>

namespace lori::tasks {

namespace {

constexpr std::int64_t kRowsLookedAt = 100;

enum class Format : std::uint8_t { JsonLines, JsonList, Csv };

/// The text without a byte order mark, checked to be UTF-8 and not blank.
std::string_view checkedText(std::string_view text, const std::string& file)
{
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
        throw Exception(ErrorCode::BadFile, "the file is UTF-16 (line 1, byte 1), not UTF-8", "save it as UTF-8", file);
    }
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        throw Exception(ErrorCode::BadFile, "the file is empty", "choose a file with rows", file);
    }
    if (const auto error = findUtf8Error(text)) {
        throw Exception(ErrorCode::BadFile,
                        "the text is not UTF-8 at line " + std::to_string(error->line) + ", byte " + std::to_string(error->byte),
                        "save the file as UTF-8", file);
    }
    return text;
}

Format formatOf(const std::filesystem::path& file, std::string_view text)
{
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".jsonl" || ending == ".ndjson") {
        return Format::JsonLines;
    }
    if (ending == ".csv" || ending == ".tsv") {
        return Format::Csv;
    }
    switch (text[text.find_first_not_of(" \t\r\n")]) {
    case '[':
        return Format::JsonList;
    case '{':
        return Format::JsonLines;
    default:
        return ending == ".json" ? Format::JsonList : Format::Csv; // a list reader says best what is wrong with a .json file
    }
}

void readRecords(Format format, std::string_view text, const std::string& file, const RecordSink& sink)
{
    switch (format) {
    case Format::JsonLines:
        return readJsonLines(text, sink);
    case Format::JsonList:
        return readJsonList(text, file, sink);
    case Format::Csv:
        return readCsv(text, file, sink);
    }
}

std::vector<std::string> fieldNames(Format format, std::string_view text, const std::string& file)
{
    std::vector<std::string> names;
    std::int64_t looked = 0;
    readRecords(format, text, file, [&](Record&& record) {
        for (const auto& [name, value] : record.fields.items()) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                names.push_back(name);
            }
        }
        return ++looked < kRowsLookedAt;
    });
    return names;
}

[[noreturn]] void refuseRow(const RowProblem& problem, Format format, const std::string& file)
{
    const std::string field =
        problem.field.empty() ? (format == Format::JsonLines ? "the line " : "the record ") : "field \"" + problem.field + "\" ";
    throw Exception(ErrorCode::BadFile, field + problem.problem, "correct this row, or leave broken rows out",
                    file + ":" + std::to_string(problem.line));
}

} // namespace

void readRecordFile(const std::filesystem::path& file, const RecordSink& sink)
{
    const std::string name = file.string();
    const std::string whole = readTextFile(file).value();
    const std::string_view text = checkedText(whole, name);
    readRecords(formatOf(file, text), text, name, sink);
}

Result<DataFile> readDataFile(const std::filesystem::path& file, const experiment::ColumnMapping& columns, BadRows badRows)
{
    return guard([&] {
        const std::string name = file.string();
        const std::string whole = readTextFile(file).value();
        const std::string_view text = checkedText(whole, name);
        const Format format = formatOf(file, text);
        DataFile data;
        data.fields = fieldNames(format, text, name);
        bool mapped = false;
        readRecords(format, text, name, [&](Record&& record) {
            if (!record.problem.empty() && badRows == BadRows::Refuse) {
                refuseRow({record.line, {}, record.problem}, format,
                          name); // before a complaint about columns that it may have caused
            }
            if (!mapped) {
                data.columns = completeMapping(columns, data.fields, name);
                mapped = true;
            }
            Converted converted = convert(record, data.columns);
            if (converted.row) {
                data.rows.push_back(std::move(*converted.row));
            } else if (badRows == BadRows::Refuse) {
                refuseRow(converted.problem, format, name);
            } else {
                data.problems.push_back(std::move(converted.problem));
            }
            return true;
        });
        if (data.rows.empty()) {
            throw Exception(ErrorCode::BadFile,
                            data.problems.empty() ? "the file holds no rows"
                                                  : "none of the " + std::to_string(data.problems.size()) + " rows can be used",
                            data.problems.empty() ? "choose a file with rows" : "the first problem: " + data.problems[0].problem,
                            name);
        }
        return data;
    });
}

} // namespace lori::tasks
