// SPDX-License-Identifier: Apache-2.0
// Rows inside one JSON document: lists, lists under a name, columns, the hub viewer's answers.
#include "core/support/error.h"
#include "core/tasks/bad_rows_file.h"
#include "core/tasks/json_records.h"
#include "core/tasks/shown_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using nlohmann::json;

bool isListOfRows(const json& value)
{
    return value.is_array() && !value.empty() &&
           std::all_of(value.begin(), value.end(), [](const json& row) { return row.is_object(); }) && !isConversation(value);
}

/// {"0": x, "1": y}, as pandas writes what is numbered by its index; in the order of the numbers.
bool isNumbered(const json& value)
{
    if (!value.is_object() || value.empty()) {
        return false;
    }
    for (const auto& [key, unused] : value.items()) {
        if (key.empty() || key.find_first_not_of("0123456789") != std::string::npos) {
            return false;
        }
    }
    return true;
}
json listOfNumbered(json&& numbered)
{
    std::vector<std::pair<std::string, json>> items;
    for (auto& [key, value] : numbered.items()) {
        items.emplace_back(key, std::move(value));
    }
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
        return a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
    });
    json list = json::array();
    for (auto& [key, value] : items) {
        list.push_back(std::move(value));
    }
    return list;
}

/// Rows of a document whose values are columns of equal length; nothing when it is not one.
std::optional<json> rowsOfColumns(json& document)
{
    std::size_t length = 0;
    for (auto& [name, column] : document.items()) {
        const std::size_t size = column.is_array() || isNumbered(column) ? column.size() : 0;
        if (size == 0 || (length > 0 && size != length) || isConversation(column)) {
            return std::nullopt;
        }
        length = size;
    }
    json rows = json(length, json::object());
    for (auto& [name, column] : document.items()) {
        json list = column.is_object() ? listOfNumbered(std::move(column)) : std::move(column);
        for (std::size_t i = 0; i < length; ++i) {
            rows[i][name] = std::move(list[i]);
        }
    }
    return rows;
}

/// pandas' orient="split": {"columns": […], "index": […], "data": [[…], …]}.
std::optional<json> rowsOfSplit(const json& document)
{
    const auto columns = document.find("columns");
    const auto data = document.find("data");
    if (columns == document.end() || data == document.end() || !columns->is_array() || !data->is_array() ||
        !std::all_of(columns->begin(), columns->end(), [](const json& name) { return name.is_string(); })) {
        return std::nullopt;
    }
    json rows = json::array();
    for (const json& values : *data) {
        if (!values.is_array() || values.size() != columns->size()) {
            return std::nullopt;
        }
        json row = json::object();
        for (std::size_t i = 0; i < values.size(); ++i) {
            row[(*columns)[i].get<std::string>()] = values[i];
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Whether a document is a row of its own, whatever lists it holds beside ({"messages": […], "tools": [{…}]}).
bool isRow(const json& document)
{
    for (const auto& [key, value] : document.items()) {
        if (isConversation(value) || key == "instruction" || key == "prompt" || key == "question" || key == "messages" ||
            key == "conversations") {
            return true;
        }
    }
    return false;
}

constexpr std::array<const char*, 8> kFirst{"train", "data", "rows", "examples", "items", "instances", "records", "samples"};

/// The name under which a document keeps its rows, "" when none does. Throws when there are several and none goes first.
std::string nameOfRows(const json& document, const std::string& name)
{
    std::vector<std::string> found;
    for (const auto& [key, value] : document.items()) {
        if (isListOfRows(value)) {
            found.push_back(key);
        }
    }
    if (isRow(document)) {
        return "";
    }
    for (const char* first : kFirst) {
        if (std::find(found.begin(), found.end(), first) != found.end()) {
            return first;
        }
    }
    if (found.size() != document.size()) {
        return "";
    }
    if (found.size() > 1) {
        badRowsFile("the file holds several lists of rows (" + listed(found) + ")",
                    "put the one to train on into a file of its own", name);
    }
    return found.empty() ? "" : found.front();
}

/// {"row_idx": 0, "row": {…}, "truncated_cells": []}, as the hub's viewer answers.
bool isViewerRow(const json& row)
{
    const auto inner = row.is_object() ? row.find("row") : row.end();
    return row.is_object() && inner != row.end() && inner->is_object() && row.contains("row_idx");
}

json rowsOfViewer(json&& rows, const json& document, const std::string& name, RecordFile& file)
{
    json unwrapped = json::array();
    for (json& row : rows) {
        if (const auto cut = row.find("truncated_cells"); cut != row.end() && cut->is_array() && !cut->empty()) {
            badRowsFile("the hub's viewer cut the text of row " + row["row_idx"].dump(),
                        "download the data set's own file instead", name);
        }
        unwrapped.push_back(std::move(row["row"]));
    }
    const auto total = document.find("num_rows_total");
    if (total != document.end() && total->is_number_unsigned() && total->get<std::size_t>() > unwrapped.size()) {
        file.notes.addFile("viewer_rows", "this answer of the hub's viewer holds " + std::to_string(unwrapped.size()) + " of " +
                                              total->dump() + " rows; the data set's own file holds all");
    }
    return unwrapped;
}

/// The list of rows that a document of one object holds; the object alone when it is a row itself.
json rowsOfObject(json&& document, const std::string& name, RecordFile& file)
{
    if (auto rows = rowsOfSplit(document)) {
        return std::move(*rows);
    }
    if (const std::string key = nameOfRows(document, name); !key.empty()) {
        std::vector<std::string> others;
        for (const auto& [other, value] : document.items()) {
            if (other != key && isListOfRows(value)) {
                others.push_back(other);
            }
        }
        json rows = std::move(document[key]);
        if (std::all_of(rows.begin(), rows.end(), isViewerRow)) {
            return rowsOfViewer(std::move(rows), document, name, file);
        }
        file.notes.addFile("wrapper", "the rows were taken from the list \"" + shown(key) + "\"" +
                                          (others.empty() ? "" : "; not used: " + listed(others)));
        return rows;
    }
    if (isNumbered(document) && isListOfRows(listOfNumbered(json(document)))) {
        return listOfNumbered(std::move(document));
    }
    if (auto rows = rowsOfColumns(document)) {
        file.notes.addFile("columns", "the file holds columns, not rows; they were put together by position");
        return std::move(*rows);
    }
    if (const auto error = document.find("error"); error != document.end() && document.size() <= 2) {
        badRowsFile("the file holds a server's error message, not rows: " + shown(error->dump(), 200), "download it again", name);
    }
    return json::array({std::move(document)});
}

} // namespace

bool holdsRows(const json& object)
{
    return object.is_object() && !isRow(object) && std::any_of(kFirst.begin(), kFirst.end(), [&](const char* name) {
               const auto value = object.find(name);
               return value != object.end() && isListOfRows(*value);
           });
}

void readJsonDocument(std::string_view text, const std::string& name, const RecordSink& sink, RecordFile* file)
{
    RecordFile unused;
    RecordFile& facts = file == nullptr ? unused : *file;
    ParsedJson parsed = parseJson(text);
    if (!parsed.problem.empty()) {
        const std::string_view before = text.substr(0, std::min(parsed.byte, text.size()));
        badRowsFile("the file " + parsed.problem +
                        (parsed.byte == 0 ? "" : ", line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n'))),
                    "correct the file, or give one object a line the ending .jsonl", name);
    }
    if (isConversation(parsed.value)) {
        json one = json::array();
        one.push_back(std::move(parsed.value));
        parsed.value = std::move(one);
    } else if (parsed.value.is_object()) {
        parsed.value = rowsOfObject(std::move(parsed.value), name, facts);
    }
    if (!parsed.value.is_array()) {
        badRowsFile(std::string("the file holds one ") + parsed.value.type_name() + ", not a list [ … ]",
                    "put the rows into a list", name);
    }
    for (std::size_t i = 0; i < parsed.value.size(); ++i) {
        // Whether a NaN stood in just this record is not known any more; any null may have been one.
        if (!sink(recordFrom(static_cast<std::int64_t>(i + 1), {std::move(parsed.value[i]), parsed.hadNaN, {}, 0}))) {
            return;
        }
    }
}

} // namespace lori::tasks
