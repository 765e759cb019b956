// SPDX-License-Identifier: Apache-2.0
#include "core/support/leftovers.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace lori {

namespace {

constexpr const char* kMark = ".tmp.";

bool lock(int descriptor, int how)
{
    int result = ::flock(descriptor, how);
    while (result != 0 && errno == EINTR) {
        result = ::flock(descriptor, how);
    }
    return result == 0;
}

/// Whether a name ends as temporaryNameFor() makes it: "4711.0".
bool isWriter(std::string_view end)
{
    const std::size_t dot = end.find('.');
    const auto isNumber = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return dot != std::string_view::npos && isNumber(end.substr(0, dot)) && isNumber(end.substr(dot + 1));
}

/// Nobody writes it any more: the lock can be had.
void removeUnlessWritten(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) {
        return;
    }
    if (lock(descriptor, LOCK_EX | LOCK_NB)) {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    ::close(descriptor);
}

} // namespace

std::filesystem::path temporaryNameFor(const std::filesystem::path& target)
{
    static std::atomic<unsigned> counter{0}; // only makes names unique within the process
    return target.string() + kMark + std::to_string(::getpid()) + "." + std::to_string(counter.fetch_add(1));
}

bool holdForWriting(int descriptor)
{
    if (!lock(descriptor, LOCK_EX)) { // who looks for leftovers holds it for a moment only
        return true;                  // no locks here: then nobody takes it for a leftover either
    }
    struct stat status {};
    return ::fstat(descriptor, &status) != 0 || status.st_nlink > 0;
}

void removeLeftovers(const std::filesystem::path& target)
{
    const std::string begin = target.filename().string() + kMark;
    const std::filesystem::path folder = target.parent_path().empty() ? "." : target.parent_path();
    std::vector<std::filesystem::path> left;
    std::error_code ignored;
    for (auto entry = std::filesystem::directory_iterator(folder, ignored);
         !ignored && entry != std::filesystem::directory_iterator(); entry.increment(ignored)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(begin) && isWriter(std::string_view(name).substr(begin.size()))) {
            left.push_back(entry->path());
        }
    }
    for (const std::filesystem::path& path : left) {
        removeUnlessWritten(path);
    }
}

} // namespace lori
