// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/syntax.h"

#include <cstdint>
#include <string_view>

namespace lori::chat {

enum class NameKind : std::uint8_t {
    Known,   ///< works here
    Missing, ///< Jinja has it, this program does not
    Unknown, ///< nobody has it
};
[[nodiscard]] NameKind filterKind(std::string_view name);
[[nodiscard]] NameKind testKind(std::string_view name);

/// Looks at every filter and test of a parsed template, as Jinja does when it compiles one: an unknown one is an error at once,
/// except directly inside an `if`, where it is one only when it is reached. Throws BadFile and Unsupported.
void checkNames(const Block& block);

} // namespace lori::chat
