// SPDX-License-Identifier: Apache-2.0
#include "core/wire/messages.h"

#include "core/events/event.h"
#include "core/wire/message_fields.h"

namespace lori::wire {

namespace {

constexpr std::size_t kLongestPart = 500;

[[noreturn]] void refuse(const std::string& what, const std::string& hint, const std::string& where = {})
{
    throw Exception(ErrorCode::InvalidArgument, what, hint, where);
}

/// Throws out of the parser when it goes too deep: before the value is there, so that nobody has to walk it.
bool notTooDeep(int depth, json::parse_event_t /*event*/, json& /*value*/)
{
    if (depth > kDeepest) {
        refuse("the line is nested deeper than " + std::to_string(kDeepest) + " levels", "send a request as MESSAGES.md has it");
    }
    return true;
}

json parsed(std::string_view line)
{
    try {
        return json::parse(line.begin(), line.end(), notTooDeep);
    } catch (const json::parse_error& error) {
        refuse("this is not JSON in UTF-8, from byte " + std::to_string(error.byte) + " on", "send one JSON object a line");
    } catch (const json::exception&) { // a number beyond what a double holds
        refuse("the line holds a number that is too large", "send one JSON object a line");
    }
}

json takenId(json& object, bool isNeeded)
{
    const auto found = object.find("id");
    if (found == object.end() || found->is_null()) {
        if (isNeeded) {
            refuse("a request needs an id, a number or a text, under which it is answered", "add one", "id");
        }
        return nullptr;
    }
    const bool isText = found->is_string() && found->get_ref<const std::string&>().size() <= kLongestId;
    if (!isText && !found->is_number()) {
        refuse("an id must be a number or a text of at most " + std::to_string(kLongestId) + " bytes", "use another one", "id");
    }
    json id = std::move(*found);
    object.erase(found);
    return id;
}

template <typename Message>
void requireNeeded(const json& object)
{
    if constexpr (requires { Message::kNeeded; }) {
        for (const char* name : Message::kNeeded) {
            if (!object.contains(name)) {
                refuse("is missing", std::string("a request of type ") + Message::kType + " needs it", name);
            }
        }
    }
}

template <std::size_t Index = 0>
Request requestOfType(const std::string& type, const json& object)
{
    if constexpr (Index == std::variant_size_v<Request>) {
        refuse("there is no request of the type '" + type + "'", "see MESSAGES.md for those there are", "type");
    } else {
        using Message = std::variant_alternative_t<Index, Request>;
        if (type != Message::kType) {
            return requestOfType<Index + 1>(type, object);
        }
        requireNeeded<Message>(object);
        return events::requestOf<Message>(object).value();
    }
}

template <std::size_t Index = 1>
Answer answerOfType(std::string type, json& object)
{
    if constexpr (Index == std::variant_size_v<Answer>) {
        return events::Unknown{std::move(type), std::move(object)};
    } else {
        using Message = std::variant_alternative_t<Index, Answer>;
        return type == Message::kType ? Answer(events::messageOf<Message>(object))
                                      : answerOfType<Index + 1>(std::move(type), object);
    }
}

template <typename Variant>
std::string lineOf(const json& id, const Variant& variant)
{
    nlohmann::ordered_json line;
    line["id"] = id;
    json fields = std::visit(events::Overloaded{[&](const events::Unknown& m) {
                                                    line["type"] = m.type;
                                                    return m.values;
                                                },
                                                [&](const auto& m) {
                                                    line["type"] = std::remove_cvref_t<decltype(m)>::kType;
                                                    return events::fieldsOf(m);
                                                }},
                             variant);
    for (auto& [name, value] : fields.items()) {
        line[name] = std::move(value);
    }
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// For a sentence: one line, of bounded length, its last character whole.
std::string shortened(std::string text)
{
    if (text.size() > kLongestPart) {
        std::size_t length = kLongestPart;
        while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
            --length;
        }
        text = text.substr(0, length) + "…";
    }
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) {
            c = ' ';
        }
    }
    return text;
}

} // namespace

ReadRequest requestFromLine(std::string_view line)
{
    ReadRequest read{nullptr, Error{}};
    read.request = guard([&] {
        json object = parsed(line);
        if (!object.is_object()) {
            refuse("a request must be a JSON object", R"(send one as {"id": 1, "type": "hash"})");
        }
        const auto type = object.find("type");
        const bool isText = type != object.end() && type->is_string();
        const std::string name = isText ? type->get<std::string>() : "";
        read.id = takenId(object, name != Quit::kType);
        if (!isText) {
            refuse("a request needs a type, a text", "see MESSAGES.md for those there are", "type");
        }
        object.erase("id");
        object.erase("type");
        return requestOfType(name, object);
    });
    return read;
}

std::string requestLine(const json& id, const Request& request)
{
    return lineOf(id, request);
}

Result<ReadAnswer> answerFromLine(std::string_view line)
{
    return guard([&] {
        json object = json::parse(line.begin(), line.end(), nullptr, false);
        const auto type = object.is_object() ? object.find("type") : object.end();
        if (!object.is_object() || type == object.end() || !type->is_string()) {
            throw Exception(ErrorCode::BadFile, "the answer is not a JSON object with a type",
                            "the other side must be lori serve");
        }
        std::string name = type->get<std::string>();
        json id = object.contains("id") ? object["id"] : json();
        object.erase("id");
        object.erase("type");
        return ReadAnswer{std::move(id), answerOfType(std::move(name), object)};
    });
}

std::string answerLine(const json& id, const Answer& answer)
{
    return lineOf(id, answer);
}

Failure failureOf(const Error& error)
{
    return {{codeName(error.code), shortened(error.what), shortened(error.hint), shortened(error.where)}};
}

Error errorOf(const Failure& failure)
{
    const events::FailedError& said = failure.error;
    return {codeFromName(said.code), said.what, said.hint, said.where};
}

} // namespace lori::wire
