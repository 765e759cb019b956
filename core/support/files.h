// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace lori {

/// A file mapped read-only into memory for as long as the object lives. Movable, not copyable.
/// An empty file maps to an empty span.
class MappedFile final {
public:
    /// Errors: NotFound, Io, BadFile (a folder, a pipe …).
    [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
    std::filesystem::path m_path;
};

/// Whole text of a file. Errors: NotFound, Io, BadFile when larger than `maxBytes`.
[[nodiscard]] Result<std::string> readTextFile(const std::filesystem::path& path, std::uint64_t maxBytes = 1ULL << 30U);

/// Appends raw bytes to a file that is being written; throws Exception(DiskFull | Io).
using ByteSink = std::function<void(std::span<const std::byte>)>;

/// Makes `path` appear whole or not at all: temporary name in the same folder → write → fsync → rename → fsync folder.
/// On any failure the temporary file is removed and an older `path` is untouched. Errors: DiskFull, Io, and whatever `write`
/// throws.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& path,
                                               const std::function<void(const ByteSink&)>& write);
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text);

/// Free bytes for an unprivileged user on the file system that holds `path` (or its nearest existing parent).
[[nodiscard]] Result<std::uint64_t> freeDiskBytes(const std::filesystem::path& path);

/// Turns errno into an Error with the path in it: ENOSPC and EDQUOT → DiskFull, ENOENT → NotFound, else Io.
[[nodiscard]] Error errorFromErrno(int errorNumber, const std::string& doing, const std::filesystem::path& path);

} // namespace lori
