// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace lori::jobs {

/// An advisory flock on a file of its own, made when missing and left behind, for as long as the object lives; a process that was
/// started with its descriptor (startDetached) goes on holding it. Movable, not copyable.
class FileLock final {
public:
    /// None when somebody holds it, waiting up to 0.2 s for those who only look. Throws Exception(DiskFull | Io).
    [[nodiscard]] static std::optional<FileLock> tryTake(const std::filesystem::path& file);
    /// Whether anybody holds it now; false when there is no such file.
    [[nodiscard]] static bool isHeld(const std::filesystem::path& file);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace lori::jobs
