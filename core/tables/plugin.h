// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

// What the program and the library that reads tables say to each other: plain C, so that neither sees the other's C++ library.
extern "C" {

/// Takes one row as the text of a JSON object; not zero-terminated. Returns 0 when no more rows are wanted. Never throws.
using LoriRowSink = int (*)(void* context, const char* json, std::size_t bytes);

/// Reads a Parquet file, or an Arrow file or stream, row by row. Returns 0; or 1 with a sentence in `error`, cut to `errorBytes`
/// with its closing zero. Never throws.
using LoriReadTable = int (*)(const char* path, LoriRowSink sink, void* context, char* error, std::size_t errorBytes);
}

namespace lori::tables {

inline constexpr const char* kReadTableSymbol = "lori_read_table_v1";
inline constexpr const char* kPluginFile = "liblori_tables.so";

} // namespace lori::tables
