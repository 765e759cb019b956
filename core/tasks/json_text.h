// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lori::tasks {

/// How deep lists and objects may stand in each other; deeper text is no data but an attack on recursion.
inline constexpr std::size_t kMaxJsonDepth = 100;

/// The bytes of the list or object at the front of a text (blanks before it are skipped), up to and with its closing bracket.
/// Nothing when the text does not begin with one or it is never closed. Looks at brackets and quotes only.
[[nodiscard]] std::optional<std::string_view> firstValue(std::string_view text);

/// A text as JSON. NaN, Infinity and -Infinity, which Python and pandas write into JSON, are read as null.
struct ParsedJson {
    nlohmann::json value;
    bool hadNaN = false;
    std::string problem;  ///< "is not valid JSON (character 7)", counted in its line; "" when it is valid
    std::size_t byte = 0; ///< where the problem is, from 1; 0 when that is not known
};
[[nodiscard]] ParsedJson parseJson(std::string_view text);

} // namespace lori::tasks
