// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace lori::tokenizer {

/// Unicode normalization form C of valid UTF-8: canonical decomposition, canonical order, canonical composition (UAX #15).
[[nodiscard]] std::string normalizedNfc(std::string_view text);

} // namespace lori::tokenizer
