// SPDX-License-Identifier: Apache-2.0
#include "core/bundles/bundle.h"
#include "core/bundles/members.h"
#include "core/bundles/messages.h"
#include "core/bundles/zip_archive.h"
#include "core/jobs/job_folder.h"
#include "core/jobs/job_lock.h"
#include "core/support/descriptor.h"
#include "core/support/leftovers.h"
#include "core/support/sha256.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <set>
#include <unistd.h>

namespace lori::bundles {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;

/// Removes a half-written file unless it was given its name.
class TemporaryFile final {
public:
    explicit TemporaryFile(const fs::path& target) : m_target(target), m_path(temporaryNameFor(target)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile()
    {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }
    void putInPlace() const
    {
        {
            const Descriptor file(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC));
            if (::fsync(file.get()) != 0) {
                throw Exception(errorFromErrno(errno, "cannot write", m_target));
            }
        }
        fs::rename(m_path, m_target);
        const fs::path parent = m_target.has_parent_path() ? m_target.parent_path() : fs::path(".");
        const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        ::fsync(folder.get()); // best effort, as in writeFileAtomically
    }

private:
    fs::path m_target;
    fs::path m_path;
};

/// Counts bytes that were hashed, then bytes that were written.
class Counter final {
public:
    Counter(const Progress& progress, std::uint64_t bytes) : m_progress(progress), m_bytes(bytes) {}
    void hashed(std::uint64_t bytes)
    {
        stopIfCancelled(m_progress);
        m_hashed += bytes;
        tell(m_hashed);
    }
    void written(double share) const { tell(m_bytes + static_cast<std::uint64_t>(share * static_cast<double>(m_bytes))); }

private:
    void tell(std::uint64_t done) const
    {
        if (m_progress.report) {
            m_progress.report(done, 2 * m_bytes);
        }
    }
    const Progress& m_progress;
    std::uint64_t m_bytes;
    std::uint64_t m_hashed = 0;
};

std::string hashOf(const fs::path& file, Counter& counter)
{
    constexpr std::size_t kPiece = 4U << 20U;
    const MappedFile mapped = MappedFile::open(file).value();
    Sha256 hash;
    for (std::span<const std::byte> left = mapped.bytes(); !left.empty();) {
        const std::span<const std::byte> piece = left.first(std::min(left.size(), kPiece));
        hash.update(piece);
        counter.hashed(piece.size());
        left = left.subspan(piece.size());
    }
    return hash.hexDigest();
}

/// The entry with its files, which have no hashes yet.
Entry entryOf(const Packed& packed, bool withAdapters)
{
    const std::string id = packed.folder.filename().string();
    if (!fs::is_directory(packed.folder)) {
        throw Exception(ErrorCode::NotFound, messages::kNoFolder, {id}, packed.folder.string());
    }
    const jobs::JobFolder folder = jobs::JobFolder::open(Home{}, packed.folder.string()).value();
    if (jobs::JobLock::holder(folder)) {
        throw Exception(ErrorCode::Busy, messages::kAtWork, {packed.words.name.empty() ? id : packed.words.name},
                        packed.folder.string());
    }
    Entry entry{packed.isRun, entryIdOf(id), folder.record().value().kind, packed.words, withAdapters, {}};
    for (const std::string& path : membersOf(packed.folder, withAdapters)) {
        entry.members.push_back({path, fs::file_size(packed.folder / path), {}});
    }
    return entry;
}

std::uint64_t bytesOf(const Manifest& manifest)
{
    std::uint64_t bytes = 0;
    for (const Entry& entry : manifest.entries) {
        for (const Member& member : entry.members) {
            bytes += member.bytes;
        }
    }
    return bytes;
}

Manifest manifestOf(const std::vector<Packed>& packed, bool withAdapters)
{
    using namespace std::chrono;
    Manifest manifest;
    manifest.createdMs = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    std::set<std::string> prefixes;
    for (const Packed& one : packed) {
        manifest.entries.push_back(entryOf(one, withAdapters));
        if (!prefixes.insert(manifest.entries.back().prefix()).second) {
            throw Exception(ErrorCode::InvalidArgument, "'" + manifest.entries.back().id + "' was chosen twice",
                            "name each run once");
        }
    }
    return manifest;
}

/// Deflating weights costs time and saves next to nothing.
bool isWorthPacking(const std::string& path)
{
    const std::string ending = fs::path(path).extension().string();
    return ending != ".safetensors" && ending != ".gguf" && ending != ".png";
}

void requireRoom(const fs::path& file, std::uint64_t bytes)
{
    const auto free = freeDiskBytes(file);
    if (free && *free < bytes) { // more than it takes: most of it is deflated
        throw Exception(ErrorCode::DiskFull, messages::kNoRoom,
                        {std::to_string(bytes / kMegabyte + 1), std::to_string(*free / kMegabyte)}, file.string());
    }
}

} // namespace

Result<Written> writeBundle(const fs::path& file, const std::vector<Packed>& packed, const WriteOptions& options,
                            const Progress& progress)
{
    return guard([&] {
        if (packed.empty()) {
            throw Exception(ErrorCode::InvalidArgument, messages::kNothing);
        }
        if (fs::is_directory(file) || (!options.replace && fs::exists(file))) {
            throw Exception(ErrorCode::AlreadyExists, messages::kExists, {}, file.string());
        }
        Manifest manifest = manifestOf(packed, options.withAdapters);
        Written written{manifest.entries.size(), 0, bytesOf(manifest), 0};
        requireRoom(file, written.bytes);
        Counter counter(progress, written.bytes);
        for (std::size_t i = 0; i < packed.size(); ++i) {
            for (Member& member : manifest.entries[i].members) {
                member.sha256 = hashOf(packed[i].folder / member.path, counter);
                ++written.files;
            }
        }
        const TemporaryFile temporary(file);
        ZipWriter zip(temporary.path());
        zip.addText(Manifest::kFile, manifestText(manifest));
        for (std::size_t i = 0; i < packed.size(); ++i) {
            for (const Member& member : manifest.entries[i].members) {
                zip.addFile(manifest.entries[i].prefix() + member.path, packed[i].folder / member.path, member.bytes,
                            isWorthPacking(member.path));
            }
        }
        zip.finish([&counter](double share) { counter.written(share); }, progress.cancelled);
        written.fileBytes = fs::file_size(temporary.path());
        temporary.putInPlace();
        return written;
    });
}

} // namespace lori::bundles
