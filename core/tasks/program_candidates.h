// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lori::tasks {

/// The program of an answer that defines `name` (a function, a method of a class, an assignment or an import): the last complete
/// definition that the words before it do not call wrong, with the imports and helpers it needs; what only shows or tests it
/// (print, assert, calls, ">>>", the main guard) is left out. nullopt when the answer defines no such name.
[[nodiscard]] std::optional<std::string> definitionIn(std::string_view answer, const std::string& name);

/// The first block that can be Python, else the first block, else the whole text.
[[nodiscard]] std::string firstCode(std::string_view answer);

} // namespace lori::tasks
