// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"

#include "core/support/git_lfs.h"
#include "core/support/leftovers.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace lori {

namespace {

/// Owns a file descriptor.
class Descriptor final {
public:
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(Descriptor&& other) noexcept : m_value(std::exchange(other.m_value, -1)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    [[nodiscard]] int get() const { return m_value; }
    /// Closes now; some file systems report a full disk only here. Returns errno or 0.
    [[nodiscard]] int closeNow()
    {
        const int result = ::close(std::exchange(m_value, -1));
        return result == 0 ? 0 : errno;
    }

private:
    int m_value;
};

void writeAll(int descriptor, std::span<const std::byte> bytes, const std::filesystem::path& path)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw Exception(errorFromErrno(errno, "cannot write", path));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
}

/// Lets the disk begin with a large file while the rest of it is still being made, so that the final fsync is short.
class EarlyWriteBack final {
public:
    explicit EarlyWriteBack(int descriptor) : m_descriptor(descriptor) {}
    void wrote(std::size_t bytes)
    {
        constexpr std::int64_t kStep = 16LL << 20;
        m_end += static_cast<std::int64_t>(bytes);
        if (m_end - m_begun >= kStep) {
            // Only a hint: a file system that cannot do it writes everything at the fsync, which reports errors as well.
            ::sync_file_range(m_descriptor, m_begun, m_end - m_begun, SYNC_FILE_RANGE_WRITE);
            m_begun = m_end;
        }
    }

private:
    int m_descriptor;
    std::int64_t m_begun = 0;
    std::int64_t m_end = 0;
};

void syncFolder(const std::filesystem::path& folder)
{
    const Descriptor d(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (d.get() >= 0) {
        ::fsync(d.get()); // Best effort: some network file systems refuse to sync a folder, the rename is done all the same.
    }
}

} // namespace

Error errorFromErrno(int errorNumber, const std::string& doing, const std::filesystem::path& path)
{
    switch (errorNumber) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::DiskFull, doing + ": the disk is full", "free some space and try again", path.string()};
    case ENOENT:
        return {ErrorCode::NotFound, doing + ": there is no such file or folder", "check the path", path.string()};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorCode::Io, doing + ": permission denied", "choose a place you may write to, or change its permissions",
                path.string()};
    case EISDIR:
        return {ErrorCode::InvalidArgument, doing + ": this is a folder", "choose a file", path.string()};
    case ENOTDIR:
        return {ErrorCode::NotFound, doing + ": a part of the path is a file, not a folder", "check the path", path.string()};
    case ENAMETOOLONG:
        return {ErrorCode::InvalidArgument, doing + ": the name is too long", "choose a shorter one",
                path.string().substr(0, 200)};
    case ENOMEM:
        return {ErrorCode::OutOfMemory, doing + ": there is not enough memory", "close other programs or use a smaller model",
                path.string()};
    default:
        return {ErrorCode::Io, doing + ": " + std::strerror(errorNumber), "check the disk and the path", path.string()};
    }
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    const Descriptor d(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (d.get() < 0) {
        return errorFromErrno(errno, "cannot open", path);
    }
    struct stat info {};
    if (::fstat(d.get(), &info) != 0) {
        return errorFromErrno(errno, "cannot read", path);
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorCode::BadFile, "this is not a regular file", "choose a file", path.string()};
    }
    MappedFile file;
    file.m_path = path;
    file.m_size = static_cast<std::size_t>(info.st_size);
    if (file.m_size > 0) {
        void* address = ::mmap(nullptr, file.m_size, PROT_READ, MAP_SHARED, d.get(), 0);
        if (address == MAP_FAILED) { // NOLINT: the macro casts
            file.m_size = 0;
            return errorFromErrno(errno, "cannot map into memory", path);
        }
        file.m_data = static_cast<const std::byte*>(address);
    }
    const std::string_view text(reinterpret_cast<const char*>(file.m_data), std::min<std::size_t>(file.m_size, 64));
    if (isGitLfsPointer(text)) {
        return gitLfsError(path.string());
    }
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)), m_path(std::move(other.m_path))
{
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_path, other.m_path);
    return *this;
}

MappedFile::~MappedFile()
{
    if (m_data != nullptr) {
        ::munmap(const_cast<std::byte*>(m_data), m_size); // NOLINT: munmap wants a mutable pointer
    }
}

Result<std::string> readTextFile(const std::filesystem::path& path, std::uint64_t maxBytes)
{
    const Descriptor d(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (d.get() < 0) {
        return errorFromErrno(errno, "cannot open", path);
    }
    std::string text;
    std::array<char, 65536> buffer{};
    while (true) {
        const ssize_t n = ::read(d.get(), buffer.data(), buffer.size());
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errorFromErrno(errno, "cannot read", path);
        }
        if (n == 0) {
            return text;
        }
        text.append(buffer.data(), static_cast<std::size_t>(n));
        if (text.size() > maxBytes) {
            return Error{ErrorCode::BadFile, "the file is larger than " + std::to_string(maxBytes) + " bytes",
                         "choose the right file", path.string()};
        }
    }
}

namespace {

/// A new file beside `path`, held for writing; its name goes into `temporary` first, so that it can be removed whatever happens.
Descriptor openTemporary(const std::filesystem::path& path, std::filesystem::path& temporary)
{
    for (;;) {
        temporary = temporaryNameFor(path);
        Descriptor d(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
        if (d.get() < 0) {
            throw Exception(errorFromErrno(errno, "cannot create", path));
        }
        if (holdForWriting(d.get())) {
            return d;
        }
    }
}

} // namespace

Result<void> writeFileAtomically(const std::filesystem::path& path, const std::function<void(const ByteSink&)>& write)
{
    removeLeftovers(path);
    std::filesystem::path temporary;
    const auto result = guard([&] {
        Descriptor d = openTemporary(path, temporary);
        EarlyWriteBack writeBack(d.get());
        write([&](std::span<const std::byte> bytes) {
            writeAll(d.get(), bytes, path);
            writeBack.wrote(bytes.size());
        });
        if (::fsync(d.get()) != 0) {
            throw Exception(errorFromErrno(errno, "cannot write to the disk", path));
        }
        if (const int problem = d.closeNow(); problem != 0) {
            throw Exception(errorFromErrno(problem, "cannot write to the disk", path));
        }
        if (std::rename(temporary.c_str(), path.c_str()) != 0) {
            throw Exception(errorFromErrno(errno, "cannot put in place", path));
        }
        syncFolder(path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path());
    });
    if (!result) {
        ::unlink(temporary.c_str());
    }
    return result;
}

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view text)
{
    return writeFileAtomically(path, [&](const ByteSink& sink) { sink(std::as_bytes(std::span(text.data(), text.size()))); });
}

Result<std::uint64_t> freeDiskBytes(const std::filesystem::path& path)
{
    std::filesystem::path probe = std::filesystem::absolute(path);
    std::error_code ignored;
    while (!std::filesystem::exists(probe, ignored) && probe.has_parent_path() && probe != probe.parent_path()) {
        probe = probe.parent_path();
    }
    struct statvfs info {};
    if (::statvfs(probe.c_str(), &info) != 0) {
        return errorFromErrno(errno, "cannot read the free space", path);
    }
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

} // namespace lori
