// SPDX-License-Identifier: Apache-2.0
#pragma once

// libzip with owners and exceptions. Internal to this room.

#include "core/bundles/bundle.h"
#include "core/support/files.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct zip;

namespace lori::bundles {

struct ZipDiscard {
    void operator()(zip* archive) const; ///< closes it, changed or not, without writing
};
using ZipHandle = std::unique_ptr<zip, ZipDiscard>;

/// One entry of a zip as its directory tells; nothing of it is to be believed before it was read.
struct ZipMember {
    std::string name;
    std::uint64_t index = 0;
    std::uint64_t bytes = 0;
    bool isPlain = true;    ///< no link and no device by its UNIX mode
    bool isReadable = true; ///< stored or deflated, and not encrypted
};

/// A zip that is read.
class ZipReader final {
public:
    /// Throws Exception(NotFound | BadFile | Io).
    explicit ZipReader(const std::filesystem::path& file);
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] const std::vector<ZipMember>& members() const { return m_members; }
    /// Gives the unpacked bytes to `sink` piece by piece. Throws Exception(BadFile) when the member is damaged, or longer or
    /// shorter than its directory says, Exception(Stopped), and what `sink` throws.
    void read(const ZipMember& member, const ByteSink& sink, const Progress& progress = {}) const;

private:
    std::filesystem::path m_file;
    ZipHandle m_archive;
    std::vector<ZipMember> m_members;
};

/// A zip that is written; nothing is at its place before finish().
class ZipWriter final {
public:
    /// Throws Exception(Io).
    explicit ZipWriter(std::filesystem::path file);
    /// `text` is kept until finish().
    void addText(const std::string& name, const std::string& text);
    /// The first `bytes` of `source`, which is read in finish(). `pack`: deflate it.
    void addFile(const std::string& name, const std::filesystem::path& source, std::uint64_t bytes, bool pack);
    /// Writes it. `share` goes from 0 to 1. Throws Exception(Stopped | DiskFull | Io).
    void finish(const std::function<void(double share)>& report, const std::function<bool()>& cancelled);

private:
    [[noreturn]] void fail() const;
    std::filesystem::path m_file;
    std::vector<std::unique_ptr<std::string>> m_texts; ///< outlive the archive that points at them
    ZipHandle m_archive;
};

/// Throws Exception(Stopped) when it is no longer wanted.
void stopIfCancelled(const Progress& progress);

} // namespace lori::bundles
