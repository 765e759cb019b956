// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::bundles {

/// What a person said about a run.
struct Words {
    std::string name{}; ///< as the history showed it
    std::string note{}; ///< Markdown
    std::vector<std::string> tags{};
    bool operator==(const Words&) const = default;
};

/// One packed file.
struct Member {
    std::string path;        ///< relative to the entry's folder, "/" between its parts
    std::uint64_t bytes = 0; ///< unpacked
    std::string sha256;      ///< of the unpacked bytes, 64 lower-case hexadecimal digits
};

/// One run or job.
struct Entry {
    bool isRun = true;
    std::string id;   ///< its folder's name where it came from
    std::string kind; ///< that of its job.json, "train" without one
    Words words{};
    bool withAdapters = false;
    std::vector<Member> members{};
    /// Where its members lie in the zip: "runs/<id>/".
    [[nodiscard]] std::string prefix() const { return (isRun ? "runs/" : "jobs/") + id + "/"; }
};

/// lori-bundle.json, the list of contents.
struct Manifest {
    static constexpr int kVersion = 1;
    static constexpr const char* kFile = "lori-bundle.json";
    std::int64_t createdMs = 0; ///< Unix time
    std::vector<Entry> entries{};
};

[[nodiscard]] std::string manifestText(const Manifest& manifest);
/// Throws Exception(BadFile | NewerVersion) in the words of messages.h; `where` is the bundle. Every id and path is looked at:
/// what is returned stays inside its folder, and nothing is listed twice.
[[nodiscard]] Manifest parseManifest(const std::string& text, const std::filesystem::path& where);

} // namespace lori::bundles
