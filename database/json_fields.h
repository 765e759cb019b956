// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace lori::database {

/// Reads fields of configurations and items that may come from another version or another machine: what is missing or of
/// another type reads as nothing, never as an error.
[[nodiscard]] inline std::optional<double> realField(const nlohmann::json& object, const char* name)
{
    const auto field = object.find(name);
    if (field == object.end() || !field->is_number()) {
        return std::nullopt;
    }
    return field->get<double>();
}

[[nodiscard]] inline std::optional<std::int64_t> integerField(const nlohmann::json& object, const char* name)
{
    const auto field = object.find(name);
    if (field == object.end()) {
        return std::nullopt;
    }
    if (field->is_number_integer()) {
        return field->get<std::int64_t>();
    }
    constexpr double kLimit = 9.0e18; // beyond it the conversion of a double is undefined
    if (field->is_number_float() && std::abs(field->get<double>()) < kLimit) {
        return static_cast<std::int64_t>(field->get<double>());
    }
    return std::nullopt;
}

[[nodiscard]] inline std::string textField(const nlohmann::json& object, const char* name)
{
    const auto field = object.find(name);
    return field != object.end() && field->is_string() ? field->get<std::string>() : std::string();
}

[[nodiscard]] inline bool boolField(const nlohmann::json& object, const char* name, bool otherwise)
{
    const auto field = object.find(name);
    return field != object.end() && field->is_boolean() ? field->get<bool>() : otherwise;
}

/// The field when it is an object, else an empty object.
[[nodiscard]] inline const nlohmann::json& objectField(const nlohmann::json& object, const char* name)
{
    static const nlohmann::json empty = nlohmann::json::object();
    const auto field = object.find(name);
    return field != object.end() && field->is_object() ? *field : empty;
}

} // namespace lori::database
