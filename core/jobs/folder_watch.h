// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <filesystem>
#include <sys/types.h>

namespace lori::jobs {

/// Notices that a run's folder was removed, moved or replaced while a worker works in it. A worker's open files outlive their
/// folder, so nothing else would tell; and what it wrote by path would make the folder anew, half.
class FolderWatch final {
public:
    explicit FolderWatch(std::filesystem::path folder);

    [[nodiscard]] bool isThere() const;
    /// Throws Exception(goneError()).
    void require() const;
    [[nodiscard]] Error goneError() const;

private:
    std::filesystem::path m_folder;
    dev_t m_device = 0;
    ino_t m_inode = 0;
};

} // namespace lori::jobs
