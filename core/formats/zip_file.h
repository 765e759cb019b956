// SPDX-License-Identifier: Apache-2.0
#pragma once

// The container of PyTorch's files: a zip whose entries are stored as they are. Internal to this room.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace lori::formats {

/// One entry: a view into the mapped file.
struct ZipEntry {
    std::string name;
    std::span<const std::byte> bytes;
};
/// The entries in the order of the directory; reads zip64. Throws BadFile (offsets and sizes outside the file, names twice) and
/// Unsupported (compressed or encrypted entries, by name).
[[nodiscard]] std::vector<ZipEntry> zipEntries(std::span<const std::byte> file, const std::string& where);

} // namespace lori::formats
