// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/folder_watch.h"

#include <sys/stat.h>
#include <utility>

namespace lori::jobs {

FolderWatch::FolderWatch(std::filesystem::path folder) : m_folder(std::move(folder))
{
    struct stat info {};
    if (::stat(m_folder.c_str(), &info) == 0) {
        m_device = info.st_dev;
        m_inode = info.st_ino;
    }
}

bool FolderWatch::isThere() const
{
    struct stat info {};
    return ::stat(m_folder.c_str(), &info) == 0 && info.st_dev == m_device && info.st_ino == m_inode;
}

void FolderWatch::require() const
{
    if (!isThere()) {
        throw Exception(goneError());
    }
}

Error FolderWatch::goneError() const
{
    return {ErrorCode::Io, "the run's folder was removed or moved while the run was at work, so nothing more can be kept",
            "start the run again", m_folder.string()};
}

} // namespace lori::jobs
