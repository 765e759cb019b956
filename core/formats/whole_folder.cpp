// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensor_stream.h"
#include "core/support/leftovers.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

namespace lori::formats {

namespace {

/// Removes a folder that must not stay, whatever happens.
class TemporaryFolder final {
public:
    /// Beside `target`. Throws Io, DiskFull.
    explicit TemporaryFolder(const std::filesystem::path& target)
    {
        do {
            close(); // of one that was removed before it was held
            m_path = temporaryNameFor(target);
            std::filesystem::create_directories(m_path);
            m_descriptor = ::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (m_descriptor < 0) {
                throw Exception(errorFromErrno(errno, "cannot open the folder", m_path));
            }
        } while (!holdForWriting(m_descriptor));
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored; // nothing can be done about it here, and the folder itself is in place or untouched
        std::filesystem::remove_all(m_path, ignored);
        close();
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    void close()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    std::filesystem::path m_path;
    int m_descriptor = -1; ///< holds the writer's lock, see leftovers.h
};

/// Puts `from` in place of `to` in one step; an older folder `to` is then under the name `from`.
void swapInto(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const unsigned flags = std::filesystem::exists(to) ? RENAME_EXCHANGE : 0U;
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0) {
        return;
    }
    if (flags == 0 || (errno != EINVAL && errno != ENOSYS)) {
        throw Exception(errorFromErrno(errno, "cannot put the folder in place", to));
    }
    // Some file systems cannot exchange names: move the old folder aside first.
    const std::filesystem::path old = from.string() + ".old";
    std::filesystem::rename(to, old);
    std::filesystem::rename(from, to);
    std::filesystem::rename(old, from);
}

void syncFolder(const std::filesystem::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor); // best effort: some network file systems refuse it
        ::close(descriptor);
    }
}

} // namespace

Result<void> writeFolderWhole(const std::filesystem::path& folder, const std::function<void(const std::filesystem::path&)>& fill)
{
    return guard([&] {
        std::filesystem::path target = std::filesystem::absolute(folder).lexically_normal();
        if (!target.has_filename()) {
            target = target.parent_path(); // written with a slash at the end
        }
        std::filesystem::create_directories(target.parent_path());
        removeLeftovers(target);
        const TemporaryFolder temporary(target);
        fill(temporary.path());
        syncFolder(temporary.path());
        swapInto(temporary.path(), target);
        syncFolder(target.parent_path());
    });
}

void releasePages(const TensorView& tensor)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(tensor.bytes.data()); // NOLINT: page arithmetic
    const std::uintptr_t first = (begin + page - 1) / page * page;
    const std::uintptr_t last = (begin + tensor.bytes.size()) / page * page;
    if (last > first) {
        // Only advice: when it is not taken, the pages stay in memory and nothing else changes.
        ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED); // NOLINT: page arithmetic
    }
}

} // namespace lori::formats
