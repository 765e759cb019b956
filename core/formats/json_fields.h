// SPDX-License-Identifier: Apache-2.0
#pragma once

// JSON from files that cannot be trusted: every problem is a BadFile that names the file and the field. Internal to this room.

#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace lori::formats {

/// Parses an object; refuses other values, duplicate keys at the top level and nesting deeper than 32.
[[nodiscard]] nlohmann::json parseObject(std::string_view text, const std::string& where);
[[nodiscard]] nlohmann::json readJsonFile(const std::filesystem::path& file);

/// A JSON object together with the place it came from. Absent and null are the same.
class Fields final {
public:
    Fields(const nlohmann::json& object, std::string where) : m_object(object), m_where(std::move(where)) {}

    [[nodiscard]] const nlohmann::json* find(const char* name) const;
    /// Whether the field is written at all, be it null.
    [[nodiscard]] bool has(const char* name) const { return m_object.contains(name); }
    [[nodiscard]] std::int64_t integer(const char* name, std::int64_t low, std::int64_t high) const;
    [[nodiscard]] std::int64_t integerOr(const char* name, std::int64_t low, std::int64_t high, std::int64_t fallback) const;
    /// A finite number in [low, high].
    [[nodiscard]] double number(const char* name, double low, double high) const;
    [[nodiscard]] double numberOr(const char* name, double low, double high, double fallback) const;
    [[nodiscard]] std::string text(const char* name) const;
    [[nodiscard]] std::string textOr(const char* name, std::string fallback) const;
    [[nodiscard]] bool flagOr(const char* name, bool fallback) const;
    [[nodiscard]] const std::string& where() const { return m_where; }
    /// Throws BadFile about a field.
    [[noreturn]] void refuse(const std::string& name, const std::string& problem) const;

private:
    [[nodiscard]] const nlohmann::json& require(const char* name) const;

    const nlohmann::json& m_object;
    std::string m_where;
};

} // namespace lori::formats
