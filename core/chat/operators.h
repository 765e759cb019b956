// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/interpreter.h"
#include "core/chat/value.h"

#include <string>

// Python's operators. All throw InvalidArgument with Python's own words for what cannot be done.

namespace lori::chat {

/// Throws "'x' is undefined" when it is.
void requireDefined(const Value& value);
/// "+", "-", "*", "/", "//", "%", "**"
[[nodiscard]] Value binary(const std::string& op, const Value& left, const Value& right, Interpreter& interpreter);
/// "-", "+"
[[nodiscard]] Value signedValue(const std::string& op, const Value& value);
/// "==", "!=", "<", "<=", ">", ">=", "in", "not in"
[[nodiscard]] bool compare(const std::string& op, const Value& left, const Value& right, Interpreter& interpreter);
/// left < right
[[nodiscard]] bool isLess(const Value& left, const Value& right, Interpreter& interpreter);
/// needle in haystack
[[nodiscard]] bool contains(const Value& haystack, const Value& needle, Interpreter& interpreter);
/// value[begin:end:step]; each may be None.
[[nodiscard]] Value sliced(const Value& value, const Value& begin, const Value& end, const Value& step, Interpreter& interpreter);
/// obj.name, obj[key]: an undefined value when there is none.
[[nodiscard]] Value attributeOf(const Value& object, const std::string& name, Interpreter& interpreter);
[[nodiscard]] Value elementOf(const Value& object, const Value& key, Interpreter& interpreter);
/// len(value)
[[nodiscard]] std::int64_t lengthOf(const Value& value);

/// text % value
[[nodiscard]] Value percentFormatted(const Text& form, const Value& value, Interpreter& interpreter);
/// text.format(…)
[[nodiscard]] Value braceFormatted(const Text& form, const CallValues& values, Interpreter& interpreter);

} // namespace lori::chat
