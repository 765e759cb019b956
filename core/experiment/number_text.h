// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace lori::experiment {

/// A number for people: "5e-05", "0.9", "NaN", "infinite".
[[nodiscard]] std::string numberText(double value);
/// With thousands separators: "1,234,567".
[[nodiscard]] std::string groupedText(std::int64_t value);
/// The same for a count held as a floating-point number, rounded; "NaN" and numbers beyond 2^53 as numberText.
[[nodiscard]] std::string groupedCount(double value);
/// "1.23 GB", "98 MB", decimal units.
[[nodiscard]] std::string bytesText(double bytes);

} // namespace lori::experiment
