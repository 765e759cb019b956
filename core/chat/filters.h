// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/interpreter.h"

#include <map>
#include <string>
#include <string_view>

// Jinja's filters, and `tojson` as transformers has it. Interpreter::filter calls them.

namespace lori::chat {

using Filter = Value (*)(Interpreter& interpreter, const Value& value, CallValues values);
using FilterTable = std::map<std::string_view, Filter>;
[[nodiscard]] const FilterTable& textFilters(); ///< of texts and numbers
[[nodiscard]] const FilterTable& listFilters(); ///< of lists and dicts

[[nodiscard]] bool isFilter(std::string_view name);
/// What `attribute="a.b.0"` finds in a value, as `map`, `sort` … look for it.
[[nodiscard]] Value attributePath(Interpreter& interpreter, const Value& value, const Value& path);

} // namespace lori::chat
