// SPDX-License-Identifier: Apache-2.0
#include "core/support/error.h"
#include "core/tasks/records.h"

#include <algorithm>

namespace lori::tasks {

namespace {

using nlohmann::json;

Record recordFrom(std::int64_t line, json&& value)
{
    Record record{line, std::move(value), {}};
    if (!record.fields.is_object()) {
        record.problem = std::string("is ") + record.fields.type_name() + ", not an object {…}";
        record.fields = json::object();
    }
    return record;
}

} // namespace

void readJsonLines(std::string_view text, const RecordSink& sink)
{
    std::int64_t number = 0;
    while (!text.empty()) {
        const std::size_t feed = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, feed);
        text.remove_prefix(std::min(feed + 1, text.size()));
        ++number;
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (line.find_first_not_of(" \t") == std::string_view::npos) {
            continue;
        }
        Record record{number, json::object(), {}};
        try {
            record = recordFrom(number, json::parse(line));
        } catch (const json::parse_error& e) {
            record.problem = "is not valid JSON (at byte " + std::to_string(e.byte) + ")";
        } catch (const json::exception&) { // a number beyond the range of floating point
            record.problem = "is not valid JSON (a number is too large)";
        }
        if (!sink(std::move(record))) {
            return;
        }
    }
}

void readJsonList(std::string_view text, const std::string& file, const RecordSink& sink)
{
    json list;
    try {
        list = json::parse(text);
    } catch (const json::parse_error& e) {
        const std::string_view before = text.substr(0, std::min(e.byte, text.size()));
        throw Exception(ErrorCode::BadFile,
                        "this is not valid JSON (line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) +
                            ", byte " + std::to_string(e.byte) + ")",
                        "correct the file, or give one object a line the ending .jsonl", file);
    } catch (const json::exception&) {
        throw Exception(ErrorCode::BadFile, "this is not valid JSON (a number is too large)", "correct the file", file);
    }
    if (!list.is_array()) {
        throw Exception(ErrorCode::BadFile, std::string("the file holds one ") + list.type_name() + ", not a list [ … ]",
                        "put the rows into a list", file);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!sink(recordFrom(static_cast<std::int64_t>(i + 1), std::move(list[i])))) {
            return;
        }
    }
}

} // namespace lori::tasks
