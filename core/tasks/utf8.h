// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lori::tasks {

/// The first place where a text is not UTF-8: overlong forms, surrogates and values above U+10FFFF count as errors.
struct Utf8Error {
    std::size_t line = 1; ///< from 1, lines end with LF
    std::size_t byte = 1; ///< from 1, within the line
};
[[nodiscard]] std::optional<Utf8Error> findUtf8Error(std::string_view text);

} // namespace lori::tasks
