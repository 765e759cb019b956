// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// A message is a struct with one `visitFields(visit, message)` that calls visit(name, field, meaning) for each field. Writing,
// reading and documenting are visitors, so a field that exists is written, read and documented, or does not compile.
namespace lori::events {

using nlohmann::json;

template <typename T>
struct IsOptional : std::false_type {
};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {
};
template <typename T>
struct IsVector : std::false_type {
};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {
};
template <typename T>
struct IsTextMap : std::false_type {
};
template <typename T>
struct IsTextMap<std::map<std::string, T>> : std::true_type {
};

/// The fields of a message as a JSON object. An empty optional is left out; NaN and infinities become null, which JSON has
/// instead.
class FieldWriter final {
public:
    template <typename T>
    void operator()(const char* name, T& field, const char* /*meaning*/)
    {
        if constexpr (IsOptional<std::remove_const_t<T>>::value) {
            if (field) {
                m_object[name] = write(*field);
            }
        } else {
            m_object[name] = write(field);
        }
    }

    template <typename T>
    [[nodiscard]] static json write(T& value)
    {
        using Value = std::remove_const_t<T>;
        if constexpr (std::is_arithmetic_v<Value> || std::is_same_v<Value, std::string> || std::is_same_v<Value, json>) {
            return value;
        } else if constexpr (IsVector<Value>::value) {
            json list = json::array();
            for (auto& entry : value) {
                list.push_back(write(entry));
            }
            return list;
        } else if constexpr (IsTextMap<Value>::value) {
            json object = json::object();
            for (auto& [key, entry] : value) {
                object[key] = write(entry);
            }
            return object;
        } else {
            FieldWriter writer;
            visitFields(writer, value);
            return std::move(writer.m_object);
        }
    }

private:
    json m_object = json::object();
};

/// Takes each field that is there and of its kind; what is missing or of another kind keeps its default, because messages come
/// from other versions and other machines. With `strict`, for requests, it throws Exception(InvalidArgument) with the field's
/// path instead, and refuseUnknown() refuses what nobody asked for.
class FieldReader final {
public:
    FieldReader(const json& object, bool strict, std::string path = {})
        : m_object(object), m_strict(strict), m_path(std::move(path))
    {
    }

    template <typename T>
    void operator()(const char* name, T& field, const char* /*meaning*/)
    {
        if (m_strict) {
            m_known.emplace_back(name);
        }
        const auto found = m_object.find(name);
        if (found == m_object.end() || (IsOptional<T>::value && found->is_null())) {
            return;
        }
        if constexpr (IsOptional<T>::value) {
            typename T::value_type value{};
            if (read(*found, value, name)) {
                field = std::move(value);
            }
        } else {
            read(*found, field, name);
        }
    }

    void refuseUnknown() const;

private:
    [[nodiscard]] std::string pathOf(const std::string& name) const { return m_path.empty() ? name : m_path + "." + name; }
    bool refuse(const std::string& name, const char* wanted, const json& value) const;
    bool read(const json& value, bool& field, const std::string& name) const;
    bool read(const json& value, std::int64_t& field, const std::string& name) const;
    bool read(const json& value, double& field, const std::string& name) const;
    bool read(const json& value, std::string& field, const std::string& name) const;
    bool read(const json& value, json& field, const std::string& name) const;

    template <typename T>
    bool read(const json& value, std::vector<T>& list, const std::string& name) const
    {
        if (!value.is_array()) {
            return refuse(name, "a list", value);
        }
        list.clear();
        for (std::size_t i = 0; i < value.size(); ++i) {
            T entry{};
            if (read(value[i], entry, name + "[" + std::to_string(i) + "]")) {
                list.push_back(std::move(entry));
            }
        }
        return true;
    }
    template <typename T>
    bool read(const json& value, std::map<std::string, T>& map, const std::string& name) const
    {
        if (!value.is_object()) {
            return refuse(name, "an object {…}", value);
        }
        map.clear();
        for (const auto& [key, each] : value.items()) {
            T entry{};
            std::string place = name;
            if (read(each, entry, place.append(".").append(key))) {
                map[key] = std::move(entry);
            }
        }
        return true;
    }
    template <typename T>
    bool read(const json& value, T& message, const std::string& name) const
    {
        if (!value.is_object()) {
            return refuse(name, "an object {…}", value);
        }
        FieldReader reader(value, m_strict, pathOf(name));
        visitFields(reader, message);
        reader.refuseUnknown();
        return true;
    }

    const json& m_object;
    bool m_strict;
    std::string m_path;
    std::vector<std::string> m_known; ///< only when strict
};

/// The fields of a message as an object, without its type's name.
template <typename Message>
[[nodiscard]] json fieldsOf(const Message& message)
{
    return FieldWriter::write(message);
}

/// A message from its fields; lenient. `object` must be an object.
template <typename Message>
[[nodiscard]] Message messageOf(const json& object)
{
    Message message;
    FieldReader reader(object, /*strict=*/false);
    visitFields(reader, message);
    return message;
}

/// A request from its fields. Errors: InvalidArgument with the field, for a wrong kind and for a field that is not known.
template <typename Message>
[[nodiscard]] Result<Message> requestOf(const json& object)
{
    return guard([&] {
        Message message;
        FieldReader reader(object, /*strict=*/true);
        visitFields(reader, message);
        reader.refuseUnknown();
        return message;
    });
}

/// One documented field.
struct FieldDoc {
    std::string name;    ///< "stages[].steps"
    std::string kind;    ///< "whole number", "text", "number or nothing" …
    std::string meaning; ///< with unit and range
};

/// The fields of a message with their meanings, those inside it after it.
class FieldDocs final {
public:
    explicit FieldDocs(std::string prefix = {}) : m_prefix(std::move(prefix)) {}

    template <typename T>
    void operator()(const char* name, T& /*field*/, const char* meaning)
    {
        m_docs.push_back({m_prefix + name, kindOf<T>(), meaning});
        addInner<T>(m_prefix + name);
    }
    [[nodiscard]] std::vector<FieldDoc> take() { return std::move(m_docs); }

private:
    template <typename T>
    static constexpr bool isLeaf()
    {
        return std::is_arithmetic_v<T> || std::is_same_v<T, std::string> || std::is_same_v<T, json>;
    }
    template <typename T>
    static std::string kindOf()
    {
        if constexpr (std::is_same_v<T, bool>) {
            return "true or false";
        } else if constexpr (std::is_integral_v<T>) {
            return "whole number";
        } else if constexpr (std::is_floating_point_v<T>) {
            return "number";
        } else if constexpr (std::is_same_v<T, std::string>) {
            return "text";
        } else if constexpr (IsOptional<T>::value) {
            return kindOf<typename T::value_type>() + " or nothing";
        } else if constexpr (IsVector<T>::value) {
            return "list";
        } else {
            return "object";
        }
    }
    template <typename T>
    void addInner(const std::string& name)
    {
        if constexpr (IsOptional<T>::value) {
            addInner<typename T::value_type>(name);
        } else if constexpr (IsVector<T>::value) {
            addInner<typename T::value_type>(name + "[]");
        } else if constexpr (IsTextMap<T>::value) {
            addInner<typename T::mapped_type>(name + ".*");
        } else if constexpr (!isLeaf<T>()) {
            T inner{};
            FieldDocs docs(name + ".");
            visitFields(docs, inner);
            m_docs.insert(m_docs.end(), docs.m_docs.begin(), docs.m_docs.end());
        }
    }

    std::string m_prefix;
    std::vector<FieldDoc> m_docs;
};

} // namespace lori::events
