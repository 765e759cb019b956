// SPDX-License-Identifier: Apache-2.0
#include "core/support/error.h"

#include "core/support/files.h"
#include "core/tables/table_reader.h"
#include "core/tasks/ascii_text.h"
#include "core/tasks/bad_rows_file.h"
#include "core/tasks/file_kind.h"
#include "core/tasks/gzip_text.h"
#include "core/tasks/json_records.h"
#include "core/tasks/record_folder.h"
#include "core/tasks/records.h"
#include "core/tasks/utf8.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <vector>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;

/// Whether every second byte of the beginning is zero, as in UTF-16 without a mark.
bool looksLikeUtf16(std::string_view text)
{
    return text.size() >= 4 && ((text[0] == '\0') != (text[1] == '\0')) && ((text[2] == '\0') != (text[3] == '\0'));
}

std::string hexByte(char byte)
{
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%02X", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    return text.data();
}

/// The byte that Utf8Error names.
char byteAt(std::string_view text, const Utf8Error& place)
{
    for (std::size_t line = 1; line < place.line; ++line) {
        text.remove_prefix(text.find('\n') + 1);
    }
    return text[place.byte - 1];
}

/// The text without a byte order mark, checked to be UTF-8 and not blank.
std::string_view checkedText(std::string_view text, const std::string& name)
{
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") || looksLikeUtf16(text)) {
        badRowsFile("the file is UTF-16 (line 1, byte 1), not UTF-8",
                    "save it as UTF-8 (in a spreadsheet program: \"CSV UTF-8\"; in PowerShell: -Encoding utf8)", name);
    }
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        badRowsFile("the file is empty", "choose a file with rows", name);
    }
    if (text.find('\0') != std::string_view::npos) {
        badRowsFile("the file holds bytes of value zero at byte " + std::to_string(text.find('\0') + 1) + ", so it is no text",
                    "choose a file of JSON lines, JSON, CSV, Parquet or Arrow", name);
    }
    if (const auto error = findUtf8Error(text)) {
        badRowsFile("the text is not UTF-8 at line " + std::to_string(error->line) + ", byte " + std::to_string(error->byte) +
                        " (" + hexByte(byteAt(text, *error)) + ")",
                    "save the file as UTF-8; text of Windows or Latin-1 is turned with iconv -f WINDOWS-1252 -t UTF-8", name);
    }
    return text;
}

enum class Form : std::uint8_t { JsonLines, JsonDocument, Csv };

/// Whether the text is one JSON list or object and nothing else.
bool isOneValue(std::string_view text)
{
    const auto value = firstValue(text);
    return value && isBlank(text.substr(static_cast<std::size_t>(value->data() - text.data()) + value->size()));
}

Form formOf(const std::string& ending, std::string_view text)
{
    if (ending == ".csv" || ending == ".tsv") {
        return Form::Csv;
    }
    const bool isLines = ending == ".jsonl" || ending == ".ndjson";
    switch (text[text.find_first_not_of(" \t\r\n")]) {
    case '[': // a list in a file of lines is still a list, if it is a whole one
        return isLines && !(isOneValue(text) && parseJson(text).problem.empty()) ? Form::JsonLines : Form::JsonDocument;
    case '{': { // one object alone may be a row, or hold the rows; in a file of lines it is a row unless it clearly holds rows
        const bool isOneLine = text.substr(0, text.find_last_not_of(" \t\r\n") + 1).find('\n') == std::string_view::npos;
        if (!isOneValue(text)) {
            return Form::JsonLines;
        }
        const ParsedJson parsed = parseJson(text);
        return !parsed.problem.empty() || (isLines && isOneLine && !holdsRows(parsed.value)) ? Form::JsonLines
                                                                                             : Form::JsonDocument;
    }
    default:
        return isLines             ? Form::JsonLines
               : ending == ".json" ? Form::JsonDocument
                                   : Form::Csv; // each says best what is wrong with its own
    }
}

/// Enough of a file to tell its kind. Throws Exception(NotFound | Io | BadFile).
std::string beginningOf(const fs::path& path)
{
    constexpr std::size_t kEnough = 1U << 20U;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        throw Exception(errorFromErrno(errno, "cannot open", path));
    }
    std::string bytes(kEnough, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

/// The rows of tables, one after another, numbered through.
void readTables(const std::vector<fs::path>& files, const RecordSink& sink, RecordFile& facts)
{
    constexpr std::size_t kMostText = 4ULL << 30U; // a small table can unpack to terabytes
    facts.unit = "row";
    std::int64_t number = 0;
    std::size_t bytes = 0;
    bool goesOn = true;
    for (const fs::path& file : files) {
        tables::readTable(file, [&](std::string_view json) {
            if ((bytes += json.size()) > kMostText) {
                badRowsFile("the table holds more than " + std::to_string(kMostText >> 30U) + " GiB of text",
                            "split it into smaller files", file.string());
            }
            return goesOn = sink(recordFrom(++number, parseJson(json)));
        });
        if (!goesOn) {
            return;
        }
    }
}

void readText(std::string_view text, const std::string& ending, const std::string& name, const RecordSink& sink, RecordFile& file)
{
    const Form form = formOf(ending, text);
    file.unit = form == Form::JsonLines ? "line" : "record";
    file.form = (form == Form::JsonLines ? "JSON lines" : form == Form::JsonDocument ? "JSON" : "CSV") + file.form;
    switch (form) {
    case Form::JsonLines:
        return readJsonLines(text, sink, &file);
    case Form::JsonDocument:
        if (ending == ".jsonl" && text[text.find_first_not_of(" \t\r\n")] == '[') {
            file.notes.addFile("list_in_lines", "the file is one JSON list although its ending is .jsonl; it was read as a list");
        }
        return readJsonDocument(text, name, sink, &file);
    case Form::Csv:
        return readCsv(text, name, sink, &file);
    }
}

} // namespace

void readRecordFile(const fs::path& path, const RecordSink& sink, RecordFile* file)
{
    RecordFile unused;
    RecordFile& facts = file == nullptr ? unused : *file;
    const std::string name = path.string();
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        facts.form = "a folder of tables";
        return readTables(tablesOf(path, facts.notes), sink, facts);
    }
    fs::path inner = path;
    std::string bytes = beginningOf(path);
    FileKind kind = fileKind(inner, bytes, name);
    if (kind == FileKind::Text || kind == FileKind::Gzip) {
        bytes = readTextFile(path).value();
    }
    if (kind == FileKind::Gzip) {
        bytes = gunzip(bytes, name);
        inner = endingOf(path) == ".gz" ? path.stem() : path;
        facts.form = ", gzip";
        kind = fileKind(inner, bytes, name);
    }
    switch (kind) {
    case FileKind::Gzip:
        badRowsFile("the file is packed with gzip twice", "unpack it once", name);
    case FileKind::Parquet:
    case FileKind::Arrow:
        if (!facts.form.empty()) {
            badRowsFile("a table is packed with gzip", "unpack it", name);
        }
        facts.form = kind == FileKind::Parquet ? "Parquet" : "Arrow";
        return readTables({path}, sink, facts);
    case FileKind::Text:
        return readText(checkedText(bytes, name), endingOf(inner), name, sink, facts);
    }
}

} // namespace lori::tasks
