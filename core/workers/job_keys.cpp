// SPDX-License-Identifier: Apache-2.0
#include "core/workers/job_keys.h"

#include "core/support/sha256.h"
#include "core/workers/kinds.h"

#include <algorithm>

namespace lori::workers {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::vector<fs::path> foldersIn(const fs::path& place)
{
    std::vector<fs::path> folders;
    std::error_code none; // no place, no jobs
    for (const fs::directory_entry& entry : fs::directory_iterator(place, none)) {
        if (entry.path().filename().string().front() != '.' && entry.is_directory(none)) {
            folders.push_back(entry.path());
        }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

} // namespace

void JobKeys::replacePaths(json& value)
{
    if (value.is_structured()) {
        for (json& entry : value) {
            replacePaths(entry);
        }
        return;
    }
    if (!value.is_string() || value.get_ref<const std::string&>().rfind('/', 0) != 0) {
        return;
    }
    const fs::path path = fs::path(value.get<std::string>()).lexically_normal();
    for (const fs::path& place : {m_home.runs(), m_home.jobs()}) {
        const fs::path inside = path.lexically_relative(place);
        if (inside.empty() || *inside.begin() == ".." || *inside.begin() == ".") {
            continue;
        }
        if (const auto key = ofFolder(place / *inside.begin())) {
            value = "@" + *key + ":" + path.lexically_relative(place / *inside.begin()).string();
            return;
        }
    }
}

std::string JobKeys::of(const std::string& kind, const json& options)
{
    json whole = canonicalOptions(kind, options).value();
    replacePaths(whole);
    return sha256Hex(json{{"kind", kind}, {"options", std::move(whole)}}.dump());
}

std::string JobKeys::readKey(const fs::path& folder)
{
    const jobs::JobRecord record = jobs::JobFolder::open(m_home, folder.string()).value().record().value();
    if (!record.key.empty()) {
        return record.key;
    }
    if (record.kind == "train") { // what older programs left out of config.json means something else there
        return of(record.kind, experiment::toJson(jobs::RunFolder::open(m_home, folder.string()).value().config().value()));
    }
    return of(record.kind, record.options);
}

std::optional<std::string> JobKeys::ofFolder(const fs::path& folder)
{
    const auto known = m_ofFolder.find(folder);
    if (known != m_ofFolder.end()) {
        return known->second;
    }
    m_ofFolder[folder] = std::nullopt; // ends a ring, which only damaged folders could make
    auto key = guard([&] { return readKey(folder); });
    return m_ofFolder[folder] = key ? std::optional(std::move(*key)) : std::nullopt;
}

const std::vector<fs::path>& JobKeys::folders(const std::string& key)
{
    static const std::vector<fs::path> kNone;
    if (!m_folders) {
        std::map<std::string, std::vector<fs::path>> found;
        for (const fs::path& place : {m_home.runs(), m_home.jobs()}) {
            for (const fs::path& folder : foldersIn(place)) {
                if (const auto own = ofFolder(folder)) {
                    found[*own].push_back(folder);
                }
            }
        }
        m_folders = std::move(found);
    }
    const auto known = m_folders->find(key);
    return known == m_folders->end() ? kNone : known->second;
}

} // namespace lori::workers
