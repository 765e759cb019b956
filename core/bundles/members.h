// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lori::bundles {

/// Whether a bundle may hold this path of a run or job: relative, no "." or "..", no hidden part, no backslash, no control
/// character, UTF-8, at most 255 bytes a part and 1024 in all, and nothing that belongs to the worker alone (lock, commands,
/// checkpoints, half-written files).
[[nodiscard]] bool isMemberPath(std::string_view path);
/// Whether this may be the name of a run's or job's folder: letters, digits, ".", "_" and "-", the first a letter or digit; at
/// most 200 bytes.
[[nodiscard]] bool isEntryId(std::string_view id);
/// `name` with everything that isEntryId() does not allow replaced by hyphens; "run" when nothing is left.
[[nodiscard]] std::string entryIdOf(const std::string& name);

/// The files of a run's or job's folder that are packed, relative to it and sorted. Links are left out. Without
/// `withAdapters` also folders with an adapter_config.json and weights (.safetensors, .gguf, .bin, .pt) except masks.
/// Throws std::filesystem::filesystem_error.
[[nodiscard]] std::vector<std::string> membersOf(const std::filesystem::path& folder, bool withAdapters);

} // namespace lori::bundles
