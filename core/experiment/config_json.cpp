// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_io.h"

#include "core/support/files.h"

namespace lori::experiment {

namespace io {

constexpr std::uint64_t kMaxConfigBytes = 16ULL << 20U;

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

} // namespace io

namespace {

using nlohmann::json;
using namespace io;

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
        refuse("version", messages::kNoVersion, *it);
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
