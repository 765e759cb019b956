// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/json_records.h"

#include "core/support/error.h"
#include "core/support/text_place.h"
#include "core/tasks/ascii_text.h"
#include "core/tasks/json_text.h"
#include "core/tasks/records.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using nlohmann::json;

bool isTurn(const json& value)
{
    constexpr std::array<std::pair<const char*, const char*>, 2> kForms{{{"role", "content"}, {"from", "value"}}};
    return value.is_object() && std::any_of(kForms.begin(), kForms.end(), [&](const auto& form) {
               return value.contains(form.first) && value.contains(form.second);
           });
}

/// Takes the line at the front of a text, without its line feed.
std::string_view takeLine(std::string_view& text)
{
    const std::size_t feed = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, feed);
    text.remove_prefix(std::min(feed + 1, text.size()));
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    return line;
}

/// Whether objects are printed over several lines, so that splitting on line feeds would tear them.
bool isPrettyPrinted(std::string_view text)
{
    const auto first = firstValue(text);
    return first && first->front() == '{' && first->find('\n') != std::string_view::npos && parseJson(*first).problem.empty();
}

void readPrettyPrinted(std::string_view text, const RecordSink& sink)
{
    std::int64_t line = 1;
    while (!isBlank(text)) {
        const std::size_t start = text.find_first_not_of(" \t\r\n,");
        if (start == std::string_view::npos) {
            return;
        }
        line += std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
        text.remove_prefix(start);
        const auto value = firstValue(text);
        const std::string_view whole = value.value_or(text);
        ParsedJson parsed = parseJson(whole);
        const std::size_t inside = placeOf(whole, parsed.byte).line - 1; // lines between the object's first and the problem's
        if (inside > 0) {
            parsed.problem += ", line " + std::to_string(line + static_cast<std::int64_t>(inside));
        }
        if (!sink(recordFrom(line, std::move(parsed)))) {
            return;
        }
        line += std::count(whole.begin(), whole.end(), '\n');
        text.remove_prefix(whole.size());
    }
}

} // namespace

bool isConversation(const json& value)
{
    return value.is_array() && !value.empty() && std::all_of(value.begin(), value.end(), isTurn);
}

Record recordFrom(std::int64_t line, ParsedJson&& parsed)
{
    Record record{line, std::move(parsed.value), std::move(parsed.problem), parsed.hadNaN};
    if (isConversation(record.fields)) {
        json turns = std::move(record.fields);
        record.fields = json::object();
        record.fields["messages"] = std::move(turns);
    }
    if (!record.fields.is_object()) {
        if (record.problem.empty()) {
            record.problem = std::string("is ") + record.fields.type_name() + ", not an object {…}";
        }
        record.fields = json::object();
    }
    return record;
}

void readJsonLines(std::string_view text, const RecordSink& sink, RecordFile* file)
{
    if (isPrettyPrinted(text)) {
        if (file != nullptr) {
            file->notes.addFile("pretty_printed", "the objects stand over several lines; they were read one after another");
        }
        return readPrettyPrinted(text, sink);
    }
    for (std::int64_t number = 1; !text.empty(); ++number) {
        const std::string_view line = takeLine(text);
        if (!isBlank(line) && !sink(recordFrom(number, parseJson(line)))) {
            return;
        }
    }
}

} // namespace lori::tasks
