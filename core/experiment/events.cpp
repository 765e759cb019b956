// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/events.h"

#include <array>
#include <string_view>

namespace lori::experiment {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> kReserved{"version", "seq", "timeMs", "type"};

[[noreturn]] void refuse(const std::string& what)
{
    throw Exception(ErrorCode::BadFile, what, "the line is left out");
}

std::int64_t wholeNumber(const json& object, const char* name)
{
    const auto it = object.find(name);
    if (it == object.end() || !it->is_number_integer()) {
        refuse(std::string("the event has no whole number \"") + name + "\"");
    }
    return it->get<std::int64_t>();
}

} // namespace

std::string toLine(const Event& event)
{
    nlohmann::ordered_json line;
    line["version"] = Event::kVersion;
    line["seq"] = event.seq;
    line["timeMs"] = event.timeMs;
    line["type"] = event.type;
    if (event.values.is_object()) {
        for (const auto& [name, value] : event.values.items()) {
            if (!line.contains(name)) { // the four above cannot be overwritten
                line[name] = value;
            }
        }
    }
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<Event> eventFromLine(const std::string& line)
{
    return guard([&] {
        json object = json::parse(line, nullptr, /*allow_exceptions=*/false);
        if (!object.is_object()) {
            refuse("the line is not a JSON object");
        }
        const std::int64_t version = wholeNumber(object, "version");
        if (version > Event::kVersion) {
            throw Exception(ErrorCode::NewerVersion,
                            "the event has version " + std::to_string(version) + ", this program knows up to " +
                                std::to_string(Event::kVersion),
                            "use a newer program");
        }
        Event event;
        event.seq = wholeNumber(object, "seq");
        event.timeMs = wholeNumber(object, "timeMs");
        const auto type = object.find("type");
        if (event.seq < 1 || type == object.end() || !type->is_string()) {
            refuse("the event has no valid number or type");
        }
        event.type = type->get<std::string>();
        for (const std::string_view name : kReserved) {
            object.erase(std::string(name));
        }
        event.values = std::move(object);
        return event;
    });
}

bool isTerminal(const std::string& type)
{
    return type == "finished" || type == "stopped" || type == "failed";
}

} // namespace lori::experiment
