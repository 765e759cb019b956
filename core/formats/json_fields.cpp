// SPDX-License-Identifier: Apache-2.0
#include "core/formats/json_fields.h"

#include "core/support/files.h"
#include "core/support/git_lfs.h"
#include "core/support/text_place.h"

#include <cmath>
#include <set>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr int kMaxDepth = 32; // model configurations and tokenizers need fewer than 10

/// "line 3, character 14"; a text of one line, as a header is, has no lines to count.
std::string placeText(std::string_view text, std::size_t byte)
{
    const TextPlace place = placeOf(text, byte);
    const std::string character = "character " + std::to_string(place.character);
    return text.find('\n') == std::string_view::npos ? character : "line " + std::to_string(place.line) + ", " + character;
}

std::string rangeText(double low, double high)
{
    return json(low).dump() + " to " + json(high).dump();
}

} // namespace

json parseObject(std::string_view text, const std::string& where)
{
    if (isGitLfsPointer(text)) {
        throw Exception(gitLfsError(where));
    }
    std::set<std::string> names;
    const json::parser_callback_t inspect = [&](int depth, json::parse_event_t event, json& value) {
        if (depth > kMaxDepth) {
            throw Exception(ErrorCode::BadFile, "the JSON is nested more than " + std::to_string(kMaxDepth) + " levels deep",
                            "choose the right file", where);
        }
        if (event == json::parse_event_t::key && depth == 1 && !names.insert(value.get<std::string>()).second) {
            throw Exception(ErrorCode::BadFile, "'" + value.get<std::string>() + "' occurs twice", "download the file again",
                            where);
        }
        return true;
    };
    try {
        json object = json::parse(text, inspect);
        if (object.is_object()) {
            return object;
        }
    } catch (const json::parse_error& e) {
        throw Exception(ErrorCode::BadFile, "this is not valid JSON (" + placeText(text, e.byte) + ")",
                        "the file is damaged: download it again", where);
    } catch (const json::exception&) { // a number that no type holds
        throw Exception(ErrorCode::BadFile, "this JSON holds a value out of range", "the file is damaged: download it again",
                        where);
    }
    throw Exception(ErrorCode::BadFile, "this is not a JSON object", "choose the right file", where);
}

json readJsonFile(const std::filesystem::path& file)
{
    return parseObject(readTextFile(file).value(), file.string());
}

void Fields::refuse(const std::string& name, const std::string& problem) const
{
    throw Exception(ErrorCode::BadFile, "'" + name + "' " + problem, "check the file", m_where);
}

const json* Fields::find(const char* name) const
{
    const auto place = m_object.find(name);
    return place == m_object.end() || place->is_null() ? nullptr : &*place;
}

const json& Fields::require(const char* name) const
{
    const json* value = find(name);
    if (value == nullptr) {
        refuse(name, "is missing");
    }
    return *value;
}

std::int64_t Fields::integer(const char* name, std::int64_t low, std::int64_t high) const
{
    const json& value = require(name);
    const bool fits = value.is_number_unsigned()
                          ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
                          : value.is_number_integer();
    if (!fits || value.get<std::int64_t>() < low || value.get<std::int64_t>() > high) {
        refuse(name, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value.get<std::int64_t>();
}

std::int64_t Fields::integerOr(const char* name, std::int64_t low, std::int64_t high, std::int64_t fallback) const
{
    return find(name) == nullptr ? fallback : integer(name, low, high);
}

double Fields::number(const char* name, double low, double high) const
{
    const json& value = require(name);
    if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high)) {
        refuse(name, "must be a number from " + rangeText(low, high));
    }
    return value.get<double>();
}

double Fields::numberOr(const char* name, double low, double high, double fallback) const
{
    return find(name) == nullptr ? fallback : number(name, low, high);
}

std::string Fields::text(const char* name) const
{
    const json& value = require(name);
    if (!value.is_string()) {
        refuse(name, "must be text");
    }
    return value.get<std::string>();
}

std::string Fields::textOr(const char* name, std::string fallback) const
{
    return find(name) == nullptr ? std::move(fallback) : text(name);
}

bool Fields::flagOr(const char* name, bool fallback) const
{
    const json* value = find(name);
    if (value == nullptr) {
        return fallback;
    }
    if (!value->is_boolean()) {
        refuse(name, "must be true or false");
    }
    return value->get<bool>();
}

} // namespace lori::formats
