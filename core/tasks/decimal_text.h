// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace lori::tasks {

/// Digits before and after the point in canonical form: no needless zeros, "0" before a bare point. Any length.
[[nodiscard]] std::string canonicalDecimal(std::string_view whole, std::string_view fraction);
/// A canonical decimal without sign times 10^power; powers beyond ±400 are cut off there.
[[nodiscard]] std::string shiftedDecimal(const std::string& decimal, long power);
/// whole + above/below in canonical form: a decimal where one equals it, else "p/q" in lowest terms. "" when a part has more than
/// 15 digits or `below` is zero.
[[nodiscard]] std::string fractionText(std::string_view whole, std::string_view above, std::string_view below);

} // namespace lori::tasks
