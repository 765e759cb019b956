// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bundles/manifest.h"
#include "core/support/home.h"
#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lori::bundles {

/// How far it is, and whether it is still wanted. Both are called in the caller's thread, often, and must not throw.
struct Progress {
    std::function<void(std::uint64_t done, std::uint64_t total)> report{}; ///< bytes; may be empty
    std::function<bool()> cancelled{};                                     ///< may be empty
};

/// A folder to be packed.
struct Packed {
    std::filesystem::path folder;
    bool isRun = true; ///< false: of home.jobs()
    Words words{};
};

struct WriteOptions {
    bool withAdapters = false;
    bool replace = false; ///< an older file of the name goes once the new one is whole
};

/// What a bundle holds.
struct Written {
    std::size_t entries = 0;
    std::size_t files = 0;
    std::uint64_t bytes = 0;     ///< unpacked
    std::uint64_t fileBytes = 0; ///< of the bundle
};

/// Writes `file` whole or not at all. Errors: InvalidArgument (nothing to pack, two folders of one name), NotFound (a folder is
/// gone), Busy (one is at work), AlreadyExists, Stopped (cancelled), DiskFull, Io. Cost: reads everything twice.
[[nodiscard]] Result<Written> writeBundle(const std::filesystem::path& file, const std::vector<Packed>& packed,
                                          const WriteOptions& options = {}, const Progress& progress = {});

/// How much is read of a file that somebody sent.
struct Limits {
    std::uint64_t bytes = 256ULL << 30U; ///< unpacked, all members together
    std::uint64_t files = 200'000;
    std::uint64_t manifestBytes = 64ULL << 20U;
};

enum class Outcome : std::uint8_t {
    Added,        ///< under its own id
    AddedRenamed, ///< under another id: there is something else of that name
    AlreadyThere, ///< the same files are there; nothing was done
};

/// What became of one entry.
struct Arrival {
    Outcome outcome = Outcome::Added;
    bool isRun = true;
    std::string id; ///< in the bundle
    Words words{};
    std::filesystem::path folder; ///< where it is now; in home.trash() only when AlreadyThere
    [[nodiscard]] std::string idHere() const { return folder.filename().string(); }
};

/// Adds the runs and jobs of `file` to `home`, all of them or none. In the order of the bundle. Errors: NotFound, BadFile (no
/// bundle, damaged, not to be trusted: see messages.h), NewerVersion, Unsupported, Stopped (cancelled), DiskFull, Io.
[[nodiscard]] Result<std::vector<Arrival>> readBundle(const Home& home, const std::filesystem::path& file,
                                                      const Progress& progress = {}, const Limits& limits = {});

} // namespace lori::bundles
