// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace lori::app {

/// Unix milliseconds as "2026-11-28 14:05", in this computer's time zone.
[[nodiscard]] std::string localTime(std::int64_t timeMs);
/// Milliseconds as "0:02:05".
[[nodiscard]] std::string duration(std::int64_t durationMs);
/// A number as printf writes it; `format` takes one double.
[[nodiscard]] std::string number(const char* format, double value);
/// Rows in columns of equal width, the first row being the heads. At least one row; all as long as the first.
void writeTable(const std::vector<std::vector<std::string>>& rows, std::ostream& out);

} // namespace lori::app
