// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace lori::tasks {

/// The body that an answer gives to a function whose head the prompt holds, indented as a body is: from a fence, or from the text
/// up to the first line that belongs to something else. A first line, or a whole body, that lost its indentation gets it back.
[[nodiscard]] std::string bodyIn(std::string_view answer);

} // namespace lori::tasks
