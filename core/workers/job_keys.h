// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"
#include "core/support/home.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::workers {

/// Keys of work, and the folders of a home by key, so that equal work is found whoever did it: another recipe, a sweep, the
/// command line.
class JobKeys final {
public:
    explicit JobKeys(Home home) : m_home(std::move(home)) {}

    /// 64 hexadecimal digits over the kind and its canonical options, in which a path into a job's folder counts as that job's
    /// key. What other files hold is not part of it. Throws Exception: those of canonicalOptions().
    [[nodiscard]] std::string of(const std::string& kind, const nlohmann::json& options);
    /// Of the work in a job's folder; none when it is no job, or cannot be read.
    [[nodiscard]] std::optional<std::string> ofFolder(const std::filesystem::path& folder);
    /// The folders of that work in the home, oldest first. They are looked up once: what appears later is not among them.
    [[nodiscard]] const std::vector<std::filesystem::path>& folders(const std::string& key);

private:
    [[nodiscard]] std::string readKey(const std::filesystem::path& folder);
    void replacePaths(nlohmann::json& value);

    Home m_home;
    std::map<std::filesystem::path, std::optional<std::string>> m_ofFolder;
    std::optional<std::map<std::string, std::vector<std::filesystem::path>>> m_folders;
};

} // namespace lori::workers
