// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <utility>

namespace lori {

/// A folder that goes with this object, with all in it, unless it was renamed meanwhile. Making it is the owner's.
class PassingFolder final {
public:
    explicit PassingFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    ~PassingFolder()
    {
        std::error_code ignored; // nothing can be done about it here
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace lori
