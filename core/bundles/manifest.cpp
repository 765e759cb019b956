// SPDX-License-Identifier: Apache-2.0
#include "core/bundles/manifest.h"

#include "core/bundles/members.h"
#include "core/bundles/messages.h"
#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace lori::bundles {

using nlohmann::json;

namespace {

constexpr const char* kFormat = "lori-bundle";
constexpr std::size_t kHashDigits = 64;

[[noreturn]] void badManifest(const std::string& why, const std::filesystem::path& where)
{
    throw Exception(ErrorCode::BadFile, messages::kManifest, {why}, where.string());
}

/// The value of a field that must be there and of this kind.
template <typename Value>
Value field(const json& object, const char* name, const std::filesystem::path& where)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (found == object.end()) {
        badManifest(std::string("no '") + name + "'", where);
    }
    try {
        return found->get<Value>();
    } catch (const json::exception&) {
        badManifest(std::string("'") + name + "' has a value of the wrong kind", where);
    }
}

json listOf(const json& object, const char* name, const std::filesystem::path& where)
{
    json list = field<json>(object, name, where);
    if (!list.is_array()) {
        badManifest(std::string("'") + name + "' is no list", where);
    }
    return list;
}

Member memberFrom(const json& object, const std::filesystem::path& where)
{
    const json bytes = field<json>(object, "bytes", where);
    if (!bytes.is_number_unsigned()) {
        badManifest("'bytes' is no size", where);
    }
    Member member{field<std::string>(object, "path", where), bytes.get<std::uint64_t>(),
                  field<std::string>(object, "sha256", where)};
    if (!isMemberPath(member.path)) {
        throw Exception(ErrorCode::BadFile, messages::kUnsafePath, {member.path}, where.string());
    }
    const bool isHash =
        member.sha256.size() == kHashDigits && member.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!isHash) {
        badManifest("'sha256' is no hash", where);
    }
    return member;
}

Entry entryFrom(const json& object, const std::filesystem::path& where)
{
    const auto type = field<std::string>(object, "type", where);
    if (type != "run" && type != "job") {
        badManifest("'type' is neither run nor job", where);
    }
    Entry entry;
    entry.isRun = type == "run";
    entry.id = field<std::string>(object, "id", where);
    entry.kind = field<std::string>(object, "kind", where);
    entry.words = {field<std::string>(object, "name", where), field<std::string>(object, "note", where),
                   field<std::vector<std::string>>(object, "tags", where)};
    entry.withAdapters = field<bool>(object, "adapters", where);
    if (!isEntryId(entry.id)) {
        throw Exception(ErrorCode::BadFile, messages::kUnsafePath, {entry.id}, where.string());
    }
    std::set<std::string> paths;
    for (const json& member : listOf(object, "members", where)) {
        entry.members.push_back(memberFrom(member, where));
        if (!paths.insert(entry.members.back().path).second) {
            badManifest("'" + entry.members.back().path + "' is named twice", where);
        }
    }
    return entry;
}

} // namespace

std::string manifestText(const Manifest& manifest)
{
    json document{
        {"format", kFormat}, {"version", Manifest::kVersion}, {"createdMs", manifest.createdMs}, {"entries", json::array()}};
    for (const Entry& entry : manifest.entries) {
        json members = json::array();
        for (const Member& member : entry.members) {
            members.push_back({{"path", member.path}, {"bytes", member.bytes}, {"sha256", member.sha256}});
        }
        document["entries"].push_back({{"type", entry.isRun ? "run" : "job"},
                                       {"id", entry.id},
                                       {"kind", entry.kind},
                                       {"name", entry.words.name},
                                       {"note", entry.words.note},
                                       {"tags", entry.words.tags},
                                       {"adapters", entry.withAdapters},
                                       {"members", std::move(members)}});
    }
    return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

Manifest parseManifest(const std::string& text, const std::filesystem::path& where)
{
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded()) {
        badManifest("it is no JSON", where);
    }
    if (!document.is_object() || document.value("format", json()) != kFormat) {
        throw Exception(ErrorCode::BadFile, messages::kForeignZip, {}, where.string());
    }
    const json version = field<json>(document, "version", where);
    if (!version.is_number_unsigned() || version.get<std::uint64_t>() == 0) {
        badManifest("'version' is no version", where);
    }
    if (version.get<std::uint64_t>() > Manifest::kVersion) {
        throw Exception(ErrorCode::NewerVersion, messages::kNewer, {version.dump(), std::to_string(Manifest::kVersion)},
                        where.string());
    }
    Manifest manifest;
    manifest.createdMs = field<std::int64_t>(document, "createdMs", where);
    std::set<std::string> prefixes;
    for (const json& entry : listOf(document, "entries", where)) {
        manifest.entries.push_back(entryFrom(entry, where));
        if (!prefixes.insert(manifest.entries.back().prefix()).second) {
            badManifest("'" + manifest.entries.back().id + "' is named twice", where);
        }
    }
    if (manifest.entries.empty()) {
        badManifest("it names no run", where);
    }
    return manifest;
}

} // namespace lori::bundles
