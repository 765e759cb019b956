// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/interpreter.h"
#include "core/chat/value.h"

#include <string>
#include <string_view>

namespace lori::chat {

enum class MethodKind : std::uint8_t {
    None,      ///< there is no such method
    Known,     ///< callMethod does it
    Forbidden, ///< it would change a list or dict, which the sandbox of transformers forbids, too
};
/// Whether Python's type of this value has a method of this name.
[[nodiscard]] MethodKind methodKind(const Value& self, std::string_view name);
/// Throws InvalidArgument as Python would. `name` is Known.
[[nodiscard]] Value callMethod(const Value& self, const std::string& name, CallValues values, Interpreter& interpreter);

/// The same for texts only.
[[nodiscard]] bool isTextMethod(std::string_view name);
[[nodiscard]] Value callTextMethod(const Text& self, const std::string& name, CallValues values, Interpreter& interpreter);

} // namespace lori::chat
