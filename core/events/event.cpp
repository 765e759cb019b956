// SPDX-License-Identifier: Apache-2.0
#include "core/events/event.h"

#include "core/events/event_fields.h"

#include <array>

namespace lori::events {

namespace {

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

/// Alternatives 1 … of Payload by name; 0 is Unknown.
template <std::size_t Index = 1>
Payload payloadOf(std::string type, json& values)
{
    if constexpr (Index == std::variant_size_v<Payload>) {
        return Unknown{std::move(type), std::move(values)};
    } else {
        using Message = std::variant_alternative_t<Index, Payload>;
        if (type == Message::kType) {
            return messageOf<Message>(values);
        }
        return payloadOf<Index + 1>(std::move(type), values);
    }
}

template <typename T>
concept HasStage = requires(const T& t)
{
    t.stage;
};
template <typename T>
concept HasStep = requires(const T& t)
{
    t.step;
};

} // namespace

std::string_view Event::type() const
{
    return typeOf(payload);
}

std::string_view typeOf(const Payload& payload)
{
    return std::visit(Overloaded{[](const Unknown& e) -> std::string_view { return e.type; },
                                 [](const auto& e) -> std::string_view {
                                     return std::remove_cvref_t<decltype(e)>::kType;
                                 }},
                      payload);
}

bool isTerminal(const Payload& payload)
{
    return std::holds_alternative<Finished>(payload) || std::holds_alternative<Stopped>(payload) ||
           std::holds_alternative<Failed>(payload);
}

Place placeOf(const Payload& payload)
{
    return std::visit(
        [](const auto& e) {
            Place place;
            if constexpr (HasStage<decltype(e)>) {
                place.stage = e.stage;
            }
            if constexpr (HasStep<decltype(e)>) {
                place.step = e.step;
            }
            return place;
        },
        payload);
}

json fieldsOf(const Payload& payload)
{
    return std::visit(Overloaded{[](const Unknown& e) { return e.values; },
                                 [](const auto& e) {
                                     return fieldsOf(e);
                                 }},
                      payload);
}

std::string toLine(const Event& event)
{
    nlohmann::ordered_json line;
    line["version"] = Event::kVersion;
    line["seq"] = event.seq;
    line["timeMs"] = event.timeMs;
    line["type"] = event.type();
    const json fields = fieldsOf(event.payload);
    for (const auto& [name, value] : fields.items()) {
        if (!line.contains(name)) { // the four above cannot be overwritten
            line[name] = value;
        }
    }
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<Event> eventFromLine(const std::string& line, std::string* fields)
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
        std::string name = type->get<std::string>();
        for (const std::string_view reserved : kReserved) {
            object.erase(std::string(reserved));
        }
        if (fields != nullptr) {
            *fields = object.dump();
        }
        event.payload = payloadOf(std::move(name), object);
        return event;
    });
}

Payload payloadFrom(const std::string& type, const std::string& fields)
{
    json object = json::parse(fields, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) {
        object = json::object();
    }
    return payloadOf(type, object);
}

Failed failedOf(const Error& error)
{
    return {{std::string(codeName(error.code)), error.what, error.hint, error.where}};
}

Error errorOf(const Failed& failed)
{
    const FailedError& said = failed.error;
    if (said == FailedError{}) {
        return {ErrorCode::Internal, "the run failed without saying why", {}, {}};
    }
    return {codeFromName(said.code), said.what, said.hint, said.where};
}

std::optional<double> Note::number(const char* name) const
{
    const auto found = values.find(name);
    return found != values.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

} // namespace lori::events
