// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/run_config.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace lori::experiment {

namespace {

using nlohmann::json;

/// One part of a path: a name, or a place in a list.
struct Segment {
    std::string name;
    std::optional<std::size_t> index;
};

[[noreturn]] void refusePath(std::string_view path, const std::string& what)
{
    throw Exception(ErrorCode::InvalidArgument, what, "write it as adapter.rank or stages[0].learningRate", std::string(path));
}

std::vector<Segment> splitPath(std::string_view path)
{
    std::vector<Segment> segments;
    std::size_t at = 0;
    while (at < path.size()) {
        if (path[at] == '[') {
            const std::size_t close = path.find(']', at);
            std::size_t index = 0;
            const char* first = path.data() + at + 1;
            const char* last = close == std::string_view::npos ? first : path.data() + close;
            const auto [end, problem] = std::from_chars(first, last, index);
            if (problem != std::errc{} || end != last || first == last) {
                refusePath(path, "the place in a list must be a number in brackets");
            }
            segments.push_back({{}, index});
            at = close + 1;
        } else {
            const std::size_t start = path[at] == '.' && !segments.empty() ? at + 1 : at;
            const std::size_t end = std::min(path.find_first_of(".[", start), path.size());
            if (end == start) {
                refusePath(path, "the path has an empty part");
            }
            segments.push_back({std::string(path.substr(start, end - start)), std::nullopt});
            at = end;
        }
    }
    if (segments.empty()) {
        refusePath(path, "the path is empty");
    }
    return segments;
}

json& descend(json& root, std::string_view path)
{
    json* here = &root;
    for (const Segment& segment : splitPath(path)) {
        if (segment.index) {
            if (!here->is_array()) {
                refusePath(path, "this is not a list");
            }
            if (*segment.index > here->size()) {
                refusePath(path, "the list has " + std::to_string(here->size()) + " entries, there is no entry " +
                                     std::to_string(*segment.index));
            }
            if (*segment.index == here->size()) {
                here->push_back(json::object()); // one past the end appends
            }
            here = &(*here)[*segment.index];
        } else if (here->is_object() && (here->contains(segment.name) || here->empty())) {
            here = &(*here)[segment.name]; // a new list entry is empty: its fields are checked when the whole is read back
        } else {
            refusePath(path, "there is no field \"" + segment.name + "\"");
        }
    }
    return *here;
}

/// "q_proj,v_proj" as a list of texts.
json splitList(std::string_view text)
{
    json list = json::array();
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t comma = std::min(text.find(',', start), text.size());
        list.push_back(std::string(text.substr(start, comma - start)));
        start = comma + 1;
    }
    return list;
}

/// The value as the field's kind suggests: a text field takes any characters, a list also takes a,b,c.
json parseValue(std::string_view text, const json& current)
{
    const json parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (current.is_string() && !parsed.is_string()) {
        return std::string(text);
    }
    if (!parsed.is_discarded()) {
        return parsed;
    }
    return current.is_array() ? splitList(text) : json(std::string(text));
}

} // namespace

Result<void> setField(RunConfig& config, std::string_view path, std::string_view value)
{
    return guard([&] {
        json whole = toJson(config);
        json& field = descend(whole, path);
        field = parseValue(value, field);
        config = runConfigFromJson(whole).value();
    });
}

} // namespace lori::experiment
