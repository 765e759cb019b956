// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace arrow {
class Array;
}

namespace lori::tables {

/// Appends value `row` of an array as JSON (table_reader.h says how each type is written). The array must have been validated.
void appendJson(std::string& json, const arrow::Array& array, std::int64_t row);
/// Appends a text in quotes. It must be UTF-8.
void appendQuoted(std::string& json, std::string_view text);

} // namespace lori::tables
