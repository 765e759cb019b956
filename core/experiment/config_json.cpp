// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_fields.h"
#include "core/experiment/config_words.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace lori::experiment {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMaxConfigBytes = 16ULL << 20U;

// ---- writing

class Writer final {
public:
    template <typename T>
    void operator()(const char* name, T& field)
    {
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

std::string shown(const json& value)
{
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

[[noreturn]] void refuse(const std::string& path, const std::string& wanted, const json& value)
{
    throw Exception(ErrorCode::InvalidArgument, "must be " + wanted + ", is " + shown(value), "correct this field", path);
}

void read(const json& value, const std::string& path, bool& field)
{
    if (!value.is_boolean()) {
        refuse(path, "true or false", value);
    }
    field = value.get<bool>();
}

/// A JSON number without fraction, also when written as 1e3.
bool isWhole(const json& value)
{
    constexpr double kExact = 9007199254740992.0; // 2^53: beyond it a double does not name one whole number
    return value.is_number_integer() || (value.is_number_float() && std::abs(value.get<double>()) <= kExact &&
                                         std::trunc(value.get<double>()) == value.get<double>());
}

void read(const json& value, const std::string& path, std::int64_t& field)
{
    if (!isWhole(value)) {
        refuse(path, "a whole number", value);
    }
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        refuse(path, "at most 9223372036854775807", value);
    }
    field = value.get<std::int64_t>();
}

void read(const json& value, const std::string& path, std::uint64_t& field)
{
    if (!isWhole(value)) {
        refuse(path, "a whole number", value);
    }
    if (!value.is_number_unsigned() && value.get<double>() < 0) {
        refuse(path, "0 or more", value);
    }
    field = value.get<std::uint64_t>();
}

void read(const json& value, const std::string& path, double& field)
{
    if (!value.is_number()) {
        refuse(path, "a number", value);
    }
    field = value.get<double>();
}

void read(const json& value, const std::string& path, std::string& field)
{
    if (!value.is_string()) {
        refuse(path, "text", value);
    }
    field = value.get<std::string>();
}

template <typename T>
void read(const json& value, const std::string& path, T& field);

template <typename T>
void read(const json& value, const std::string& path, std::vector<T>& list)
{
    if (!value.is_array()) {
        refuse(path, "a list", value);
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
                throw Exception(ErrorCode::InvalidArgument, "there is no such field", "known here: " + known, pathOf(name));
            }
        }
    }
    void allow(const char* name) { m_known.emplace_back(name); }

private:
    [[nodiscard]] std::string pathOf(const std::string& name) const { return m_path.empty() ? name : m_path + "." + name; }
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
        refuse(path, "one of " + wordList<T>(), value);
    } else {
        if (!value.is_object()) {
            refuse(path.empty() ? "configuration" : path, "an object {…}", value);
        }
        Reader reader(value, path);
        if constexpr (std::is_same_v<T, RunConfig> || std::is_same_v<T, SequenceConfig>) {
            reader.allow("version");
        }
        visitFields(reader, field);
        reader.refuseUnknown();
    }
}

void checkVersion(const json& value)
{
    const auto it = value.is_object() ? value.find("version") : value.end();
    if (it == value.end()) {
        return;
    }
    std::int64_t version = 0;
    read(*it, "version", version);
    if (version > RunConfig::kVersion) {
        throw Exception(ErrorCode::NewerVersion,
                        "the configuration has version " + std::to_string(version) + ", this program knows up to " +
                            std::to_string(RunConfig::kVersion),
                        "use a newer program", "version");
    }
    if (version < 1) {
        refuse("version", "1 or more", *it);
    }
}

} // namespace

namespace {

/// Reads a file as JSON. Throws Exception(BadFile) with the line.
json parseFile(const std::string& path)
{
    const std::string text = readTextFile(path, kMaxConfigBytes).value();
    try {
        return json::parse(text);
    } catch (const json::parse_error& e) {
        const auto upTo = text.begin() + static_cast<std::ptrdiff_t>(std::min(e.byte, text.size()));
        throw Exception(ErrorCode::BadFile,
                        "this is not valid JSON (line " + std::to_string(1 + std::count(text.begin(), upTo, '\n')) + ")",
                        "correct the file", path);
    } catch (const json::exception&) {
        throw Exception(ErrorCode::BadFile, "this is not valid JSON (a number is too large)", "correct the file", path);
    }
}

/// The value, or its error with the file's name before the field's path.
template <typename T>
T inFile(Result<T> result, const std::string& path)
{
    if (!result) {
        Error error = result.error();
        error.where = path + ": " + error.where;
        throw Exception(error);
    }
    return std::move(result).value();
}

} // namespace

json toJson(const RunConfig& config)
{
    RunConfig copy = config; // visitors see fields as mutable
    json object = Writer::write(copy);
    object["version"] = RunConfig::kVersion;
    return object;
}

json toJson(const SequenceConfig& config)
{
    SequenceConfig copy = config;
    json object = Writer::write(copy);
    object["version"] = RunConfig::kVersion;
    return object;
}

Result<RunConfig> runConfigFromJson(const json& value)
{
    return guard([&] {
        checkVersion(value);
        RunConfig config;
        read(value, "", config);
        return config;
    });
}

Result<SequenceConfig> sequenceFromJson(const json& value)
{
    return guard([&] {
        checkVersion(value);
        SequenceConfig config;
        read(value, "", config);
        return config;
    });
}

Result<RunConfig> readRunConfig(const std::string& path)
{
    return guard([&] { return inFile(runConfigFromJson(parseFile(path)), path); });
}

Result<SequenceConfig> readSequence(const std::string& path)
{
    return guard([&] { return inFile(sequenceFromJson(parseFile(path)), path); });
}

} // namespace lori::experiment
