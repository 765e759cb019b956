// SPDX-License-Identifier: Apache-2.0
#include "core/bundles/members.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace lori::bundles {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxPart = 255;
constexpr std::size_t kMaxPath = 1024;
constexpr std::size_t kMaxId = 200;

bool isAsciiWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isPart(std::string_view part)
{
    return !part.empty() && part.size() <= kMaxPart && part.front() != '.' && part.find(".tmp.") == std::string_view::npos &&
           !part.ends_with(".part");
}

/// What only the worker of the folder writes and reads.
bool isWorkersOwn(std::string_view path)
{
    return path == "run.lock" || path == "control.jsonl" || path == "checkpoints" || path.starts_with("checkpoints/");
}

bool isUtf8(std::string_view text)
{
    try {
        (void)nlohmann::json(text).dump(); // strict: it throws on anything else
        return true;
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

bool isWeights(const fs::path& file)
{
    constexpr std::array<std::string_view, 4> kEndings{".safetensors", ".gguf", ".bin", ".pt"};
    return std::find(kEndings.begin(), kEndings.end(), file.extension().string()) != kEndings.end();
}

} // namespace

bool isMemberPath(std::string_view path)
{
    const bool isPlain = !path.empty() && path.size() <= kMaxPath && isUtf8(path) &&
                         std::none_of(path.begin(), path.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\'; });
    if (!isPlain || isWorkersOwn(path)) {
        return false;
    }
    for (std::size_t at = 0; at <= path.size();) { // an empty part: a leading, doubled or last slash
        const std::size_t end = std::min(path.find('/', at), path.size());
        if (!isPart(path.substr(at, end - at))) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

bool isEntryId(std::string_view id)
{
    return !id.empty() && id.size() <= kMaxId && isAsciiWord(id.front()) && isPart(id) &&
           std::all_of(id.begin(), id.end(), [](char c) { return isAsciiWord(c) || c == '-' || c == '_' || c == '.'; });
}

std::string entryIdOf(const std::string& name)
{
    std::string id;
    for (const char c : name) {
        const bool stays = isAsciiWord(c) || ((c == '-' || c == '_' || c == '.') && !id.empty());
        if (stays || (!id.empty() && id.back() != '-')) {
            id += stays ? c : '-';
        }
    }
    id.resize(std::min(id.size(), kMaxId));
    return isEntryId(id) ? id : "run";
}

std::vector<std::string> membersOf(const fs::path& folder, bool withAdapters)
{
    std::vector<std::string> members;
    for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
        const fs::file_status status = at->symlink_status();
        const std::string path = at->path().lexically_relative(folder).generic_string();
        if (fs::is_directory(status)) {
            if (!isMemberPath(path) || (!withAdapters && fs::exists(at->path() / "adapter_config.json"))) {
                at.disable_recursion_pending();
            }
        } else if (fs::is_regular_file(status) && isMemberPath(path) &&
                   (withAdapters || !isWeights(at->path()) || path.starts_with("masks/"))) {
            members.push_back(path);
        }
    }
    std::sort(members.begin(), members.end());
    return members;
}

} // namespace lori::bundles
