// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writing and reading JSON as visitors over visitFields(). Internal to this room.

#include "core/experiment/config_fields.h"
#include "core/experiment/config_messages.h"
#include "core/experiment/config_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace lori::experiment::io {

using nlohmann::json;

/// "adapter.rank" of "adapter" and "rank"; the name alone at the top.
inline std::string fieldPath(const std::string& path, const std::string& name)
{
    return path.empty() ? name : path + "." + name;
}

// ---- writing

class Writer final {
public:
    template <typename T>
    void operator()(const char* name, T& field)
    {
        if constexpr (std::is_same_v<T, std::vector<StageChange>>) {
            if (field.empty()) {
                return; // so that configurations from before there were changes keep their bytes and keys
            }
        }
        m_object[name] = write(field);
    }
    [[nodiscard]] json take() { return std::move(m_object); }

    template <typename T>
    [[nodiscard]] static json write(T& field)
    {
        if constexpr (std::is_enum_v<T>) {
            return wordOf(field);
        } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
            return field;
        } else {
            Writer writer;
            visitFields(writer, field);
            return writer.take();
        }
    }
    template <typename T>
    [[nodiscard]] static json write(std::vector<T>& list)
    {
        json array = json::array();
        for (T& entry : list) {
            array.push_back(write(entry));
        }
        return array;
    }

private:
    json m_object = json::object();
};

// ---- reading

inline std::string shown(const json& value)
{
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

[[noreturn]] inline void refuse(const std::string& path, const CodedMessage& message, const json& value,
                                const std::string& wanted = {})
{
    throw Exception(ErrorCode::InvalidArgument, message, {shown(value), wanted}, path);
}

inline void read(const json& value, const std::string& path, bool& field)
{
    if (!value.is_boolean()) {
        refuse(path, messages::kNotAFlag, value);
    }
    field = value.get<bool>();
}

/// A JSON number without fraction, also when written as 1e3.
inline bool isWhole(const json& value)
{
    constexpr double kExact = 9007199254740992.0; // 2^53: beyond it a double does not name one whole number
    return value.is_number_integer() || (value.is_number_float() && std::abs(value.get<double>()) <= kExact &&
                                         std::trunc(value.get<double>()) == value.get<double>());
}

inline void read(const json& value, const std::string& path, std::int64_t& field)
{
    if (!isWhole(value)) {
        refuse(path, messages::kNotWhole, value);
    }
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        refuse(path, messages::kTooLarge, value);
    }
    field = value.get<std::int64_t>();
}

inline void read(const json& value, const std::string& path, std::uint64_t& field)
{
    if (!isWhole(value)) {
        refuse(path, messages::kNotWhole, value);
    }
    if (!value.is_number_unsigned() && value.get<double>() < 0) {
        refuse(path, messages::kNegative, value);
    }
    field = value.get<std::uint64_t>();
}

inline void read(const json& value, const std::string& path, double& field)
{
    if (!value.is_number()) {
        refuse(path, messages::kNotANumber, value);
    }
    field = value.get<double>();
}

inline void read(const json& value, const std::string& path, std::string& field)
{
    if (!value.is_string()) {
        refuse(path, messages::kNotText, value);
    }
    field = value.get<std::string>();
}

template <typename T>
void read(const json& value, const std::string& path, T& field);

template <typename T>
void read(const json& value, const std::string& path, std::vector<T>& list)
{
    if (!value.is_array()) {
        refuse(path, messages::kNotAList, value);
    }
    list.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
        T entry{};
        read(value[i], path + "[" + std::to_string(i) + "]", entry);
        list.push_back(std::move(entry));
    }
}

/// Takes each field that is present and remembers its name, so that the rest can be refused.
class Reader final {
public:
    Reader(const json& object, std::string path) : m_object(object), m_path(std::move(path)) {}

    template <typename T>
    void operator()(const char* name, T& field)
    {
        m_known.emplace_back(name);
        if (const auto it = m_object.find(name); it != m_object.end()) {
            read(*it, pathOf(name), field);
        }
    }

    void refuseUnknown() const
    {
        for (const auto& [name, value] : m_object.items()) {
            if (std::find(m_known.begin(), m_known.end(), name) == m_known.end()) {
                std::string known;
                for (const std::string& entry : m_known) {
                    known += (known.empty() ? "" : ", ") + entry;
                }
                throw Exception(ErrorCode::InvalidArgument, messages::kNoSuchField, {known}, pathOf(name));
            }
        }
    }
    void allow(const char* name) { m_known.emplace_back(name); }

private:
    [[nodiscard]] std::string pathOf(const std::string& name) const { return fieldPath(m_path, name); }
    const json& m_object;
    std::string m_path;
    std::vector<std::string> m_known;
};

template <typename T>
void read(const json& value, const std::string& path, T& field)
{
    if constexpr (std::is_enum_v<T>) {
        if (value.is_string()) {
            if (const auto known = fromWord<T>(value.get_ref<const std::string&>())) {
                field = *known;
                return;
            }
        }
        refuse(path, messages::kNotAWord, value, wordList<T>());
    } else {
        if (!value.is_object()) {
            refuse(path.empty() ? "configuration" : path, messages::kNotAnObject, value);
        }
        Reader reader(value, path);
        if constexpr (std::is_same_v<T, RunConfig> || std::is_same_v<T, SequenceConfig>) {
            reader.allow("version"); // looked at by whoever reads the file
        }
        visitFields(reader, field);
        reader.refuseUnknown();
    }
}

/// Reads a file as JSON. Throws Exception(BadFile) with the line, and what readTextFile throws.
[[nodiscard]] json parseFile(const std::string& path);

} // namespace lori::experiment::io
