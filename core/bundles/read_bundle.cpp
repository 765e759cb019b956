// SPDX-License-Identifier: Apache-2.0
#include "core/bundles/bundle.h"
#include "core/bundles/members.h"
#include "core/bundles/messages.h"
#include "core/bundles/unpacking.h"
#include "core/bundles/zip_archive.h"
#include "core/support/sha256.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace lori::bundles {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;

using MembersByName = std::map<std::string, const ZipMember*, std::less<>>;

/// "runs/<id>/path" or "jobs/<id>/path", with nothing in it that could leave the folder.
bool isBundlePath(std::string_view name)
{
    if (!name.starts_with("runs/") && !name.starts_with("jobs/")) {
        return false;
    }
    name.remove_prefix(5);
    const std::size_t slash = name.find('/');
    return slash != std::string_view::npos && isEntryId(name.substr(0, slash)) && isMemberPath(name.substr(slash + 1));
}

/// Folders of a zip are entries whose names end so; they say nothing that the files do not.
bool isFolder(const ZipMember& member)
{
    return member.bytes == 0 && member.name.ends_with('/');
}

[[noreturn]] void refuseBundle(const CodedMessage& message, const std::string& name, const ZipReader& zip)
{
    throw Exception(ErrorCode::BadFile, message, {name}, zip.file().string());
}

/// What the zip holds, looked at by name and kind alone.
MembersByName membersByName(const ZipReader& zip, const Limits& limits)
{
    if (zip.members().size() > limits.files) {
        throw Exception(ErrorCode::BadFile, messages::kTooMany,
                        {std::to_string(zip.members().size()), std::to_string(limits.files)}, zip.file().string());
    }
    MembersByName byName;
    const bool isOurs = std::any_of(zip.members().begin(), zip.members().end(),
                                    [](const ZipMember& member) { return member.name == Manifest::kFile; });
    if (!isOurs) {
        throw Exception(ErrorCode::BadFile, messages::kForeignZip, {}, zip.file().string());
    }
    for (const ZipMember& member : zip.members()) {
        const std::string_view path =
            isFolder(member) ? std::string_view(member.name).substr(0, member.name.size() - 1) : std::string_view(member.name);
        if (!member.isPlain) {
            refuseBundle(messages::kNotPlain, member.name, zip);
        }
        if (isFolder(member)) {
            continue;
        }
        if (path != Manifest::kFile && !isBundlePath(path)) {
            refuseBundle(messages::kUnsafePath, member.name, zip);
        }
        if (!member.isReadable) {
            throw Exception(ErrorCode::Unsupported, messages::kPacking, {member.name}, zip.file().string());
        }
        if (!byName.emplace(member.name, &member).second) {
            refuseBundle(messages::kDamaged, member.name, zip);
        }
    }
    return byName;
}

Manifest readManifest(const ZipReader& zip, const MembersByName& members, const Limits& limits)
{
    const ZipMember& file = *members.at(Manifest::kFile);
    if (file.bytes > limits.manifestBytes) {
        throw Exception(ErrorCode::BadFile, messages::kTooLarge,
                        {std::to_string(file.bytes / kMegabyte), std::to_string(limits.manifestBytes / kMegabyte)},
                        zip.file().string());
    }
    std::string text;
    zip.read(file, [&text](std::span<const std::byte> bytes) {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    });
    return parseManifest(text, zip.file());
}

/// Zip and list of contents name the same files with the same sizes. Returns the bytes of all.
std::uint64_t requireAgreement(const ZipReader& zip, const MembersByName& members, const Manifest& manifest, const Limits& limits)
{
    std::uint64_t bytes = 0;
    std::size_t listed = 1;
    std::map<std::string, bool, std::less<>> known{{Manifest::kFile, true}};
    for (const Entry& entry : manifest.entries) {
        for (const Member& member : entry.members) {
            const std::string name = entry.prefix() + member.path;
            const auto found = members.find(name);
            if (found == members.end()) {
                refuseBundle(messages::kMissing, name, zip);
            }
            if (found->second->bytes != member.bytes) {
                refuseBundle(messages::kDamaged, name, zip);
            }
            if (member.bytes > limits.bytes - bytes) {
                throw Exception(
                    ErrorCode::BadFile, messages::kTooLarge,
                    {std::to_string((bytes / kMegabyte) + (member.bytes / kMegabyte)), std::to_string(limits.bytes / kMegabyte)},
                    zip.file().string());
            }
            bytes += member.bytes;
            known.emplace(name, true);
            ++listed;
        }
    }
    if (members.size() != listed) {
        for (const auto& [name, member] : members) {
            if (!known.contains(name)) {
                refuseBundle(messages::kUnlisted, name, zip);
            }
        }
    }
    return bytes;
}

/// Writes one member and compares what came with what was listed.
void unpack(const ZipReader& zip, const ZipMember& packed, const Member& member, const fs::path& target, const Progress& progress,
            const std::function<void(std::uint64_t)>& count)
{
    fs::create_directories(target.parent_path());
    Sha256 hash;
    writeFileAtomically(target, [&](const ByteSink& sink) {
        zip.read(
            packed,
            [&](std::span<const std::byte> bytes) {
                hash.update(bytes);
                sink(bytes);
                count(bytes.size());
            },
            progress);
    }).value();
    if (hash.hexDigest() != member.sha256) {
        refuseBundle(messages::kDamaged, packed.name, zip);
    }
}

} // namespace

Result<std::vector<Arrival>> readBundle(const Home& home, const fs::path& file, const Progress& progress, const Limits& limits)
{
    return guard([&] {
        const ZipReader zip(file);
        const MembersByName members = membersByName(zip, limits);
        const Manifest manifest = readManifest(zip, members, limits);
        const std::uint64_t total = requireAgreement(zip, members, manifest, limits);
        const auto free = freeDiskBytes(home.root);
        if (free && *free < total) {
            throw Exception(ErrorCode::DiskFull, messages::kNoRoom,
                            {std::to_string(total / kMegabyte + 1), std::to_string(*free / kMegabyte)}, home.root.string());
        }
        const Staging staging(home);
        std::uint64_t done = 0;
        const auto count = [&](std::uint64_t bytes) {
            done += bytes;
            if (progress.report) {
                progress.report(done, total);
            }
        };
        for (const Entry& entry : manifest.entries) {
            const fs::path folder = staging.folderOf(entry);
            fs::create_directories(folder);
            for (const Member& member : entry.members) {
                unpack(zip, *members.at(entry.prefix() + member.path), member, folder / member.path, progress, count);
            }
            staging.requireUsable(entry);
        }
        stopIfCancelled(progress);
        return staging.putInPlace(manifest.entries);
    });
}

} // namespace lori::bundles
