// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace lori::tasks {

/// What a file is by its first bytes, and where those say nothing by its ending.
enum class FileKind : std::uint8_t { Text, Gzip, Parquet, Arrow };

/// Throws Exception(Unsupported): a file of another known kind – an archive, a spreadsheet, a web page, a pickle, weights, a
/// git-lfs pointer … – named for what it is, with what to do. `name` is the file's name without ".gz"; `bytes` its content or its
/// beginning.
[[nodiscard]] FileKind fileKind(const std::filesystem::path& name, std::string_view bytes, const std::string& where);

/// Lower-case ending of a file's name, with its dot: ".jsonl".
[[nodiscard]] std::string endingOf(const std::filesystem::path& file);

} // namespace lori::tasks
