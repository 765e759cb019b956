// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/json_steps.h"

#include <nlohmann/json.hpp>

namespace lori::tokenizer {

using nlohmann::json;

Step::Step(const json& object, std::string where) : m_object(object), m_where(std::move(where))
{
    if (!object.is_object()) {
        refuse(ErrorCode::BadFile, "a step is not an object");
    }
    m_type = text("type");
}

void Step::refuse(ErrorCode code, const std::string& what) const
{
    throw Exception(code, what, "choose another model", m_where);
}

std::string Step::text(const char* name) const
{
    const auto value = m_object.find(name);
    if (value == m_object.end() || !value->is_string()) {
        refuse(ErrorCode::BadFile, std::string("'") + name + "' must be text");
    }
    return value->get<std::string>();
}

bool Step::flag(const char* name, bool fallback) const
{
    const auto value = m_object.find(name);
    if (value == m_object.end() || value->is_null()) {
        return fallback;
    }
    if (!value->is_boolean()) {
        refuse(ErrorCode::BadFile, std::string("'") + name + "' must be true or false");
    }
    return value->get<bool>();
}

std::int64_t Step::count(const char* name) const
{
    constexpr std::int64_t kMost = 1000;
    const auto value = m_object.find(name);
    if (value == m_object.end() || !value->is_number_integer() || *value < json(0) || *value > json(kMost)) {
        refuse(ErrorCode::BadFile, std::string("'") + name + "' must be a whole number from 0 to " + std::to_string(kMost));
    }
    return value->get<std::int64_t>();
}

bool Step::has(const char* name) const
{
    return m_object.contains(name);
}

Pattern Step::pattern() const
{
    const auto pattern = m_object.find("pattern");
    const bool isObject = pattern != m_object.end() && pattern->is_object();
    for (const char* kind : {"Regex", "String"}) {
        const auto value = isObject ? pattern->find(kind) : json::const_iterator();
        if (isObject && value != pattern->end() && value->is_string()) {
            const auto expression = value->get<std::string>();
            return kind == std::string("Regex") ? Pattern(expression) : Pattern::literal(expression);
        }
    }
    refuse(ErrorCode::BadFile, "'pattern' must be an object with 'Regex' or 'String'");
}

void Step::forEach(const char* name, const std::function<void(const json&)>& each) const
{
    const auto list = m_object.find(name);
    if (list == m_object.end() || !list->is_array()) {
        refuse(ErrorCode::BadFile, std::string("'") + name + "' must be a list");
    }
    for (const json& entry : *list) {
        each(entry);
    }
}

} // namespace lori::tokenizer
