// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace lori {

// Files and folders that shall appear whole are written under a temporary name beside their place. The writer holds an advisory
// lock (flock) on it, which a killed process loses: so what was left behind can be told from what is being written, by
// whatever process on whatever machine that shares the disk. Where a file system knows no such locks, leftovers stay.

/// A temporary name for `target`, in the same folder and unique in this process: "model.gguf.tmp.4711.0".
[[nodiscard]] std::filesystem::path temporaryNameFor(const std::filesystem::path& target);
/// Takes the writer's lock on an open file or folder. False when it was removed meanwhile: make it again.
[[nodiscard]] bool holdForWriting(int descriptor);
/// Removes what killed writers of `target` left beside it. What cannot be seen or removed hinders nobody and stays.
void removeLeftovers(const std::filesystem::path& target);

} // namespace lori
