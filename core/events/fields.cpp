// SPDX-License-Identifier: Apache-2.0
#include "core/events/fields.h"

#include <limits>

namespace lori::events {

namespace {

constexpr std::size_t kShownBytes = 60;

std::string shown(const json& value)
{
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return text.size() <= kShownBytes ? text : text.substr(0, kShownBytes - 3) + "...";
}

} // namespace

bool FieldReader::refuse(const std::string& name, const char* wanted, const json& value) const
{
    if (m_strict) {
        throw Exception(ErrorCode::InvalidArgument, std::string("must be ") + wanted + ", is " + shown(value),
                        "correct this field", pathOf(name));
    }
    return false;
}

void FieldReader::refuseUnknown() const
{
    if (!m_strict) {
        return;
    }
    for (const auto& [name, value] : m_object.items()) {
        if (std::find(m_known.begin(), m_known.end(), name) == m_known.end()) {
            std::string known;
            for (const std::string& each : m_known) {
                known.append(known.empty() ? "" : ", ").append(each);
            }
            throw Exception(ErrorCode::InvalidArgument, "there is no such field",
                            known.empty() ? "nothing is known here" : "known here: " + known, pathOf(name));
        }
    }
}

bool FieldReader::read(const json& value, bool& field, const std::string& name) const
{
    if (!value.is_boolean()) {
        return refuse(name, "true or false", value);
    }
    field = value.get<bool>();
    return true;
}

bool FieldReader::read(const json& value, std::int64_t& field, const std::string& name) const
{
    constexpr double kLimit = 9.0e18; // beyond it the conversion of a double is undefined
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const bool isInteger = value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= kLargest);
    const bool isWholeDouble = value.is_number_float() && std::abs(value.get<double>()) < kLimit &&
                               (!m_strict || std::trunc(value.get<double>()) == value.get<double>());
    if (!isInteger && !isWholeDouble) {
        return refuse(name, "a whole number", value);
    }
    field = isInteger ? value.get<std::int64_t>() : static_cast<std::int64_t>(value.get<double>());
    return true;
}

bool FieldReader::read(const json& value, double& field, const std::string& name) const
{
    if (!value.is_number()) {
        return refuse(name, "a number", value);
    }
    field = value.get<double>();
    return true;
}

bool FieldReader::read(const json& value, std::string& field, const std::string& name) const
{
    if (!value.is_string()) {
        return refuse(name, "text", value);
    }
    field = value.get<std::string>();
    return true;
}

bool FieldReader::read(const json& value, json& field, const std::string& /*name*/) const
{
    field = value;
    return true;
}

} // namespace lori::events
