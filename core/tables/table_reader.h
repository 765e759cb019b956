// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace lori::tables {

/// Takes one row as the text of a JSON object (NaN is written as NaN); false ends the reading. May throw.
using RowSink = std::function<bool(std::string_view json)>;

/// Reads a Parquet file, or an Arrow file or stream. Column types: text in all of Arrow's forms, numbers, truth values, lists,
/// structs, maps and null as JSON; dates, times and decimals as text; bytes as {"bytes": count}. Apache Arrow is loaded on the
/// first call, so that nobody pays for it who has no such file. Throws Exception: Unsupported when this build has no Arrow or it
/// cannot be loaded; BadFile when the file is damaged or its text is not UTF-8; what `sink` throws.
void readTable(const std::filesystem::path& path, const RowSink& sink);

} // namespace lori::tables
