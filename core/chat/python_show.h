// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/budget.h"
#include "core/chat/value.h"

#include <string>

namespace lori::chat {

/// str(value): what {{ value }} writes.
[[nodiscard]] std::string shown(const Value& value, Budget& budget);
/// repr(value)
[[nodiscard]] std::string represented(const Value& value, Budget& budget);

/// json.dumps as transformers' `tojson` calls it.
struct JsonForm {
    bool ensureAscii = false;
    bool sortKeys = false;
    bool hasIndent = false;
    std::string indent; ///< of one level
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
};
/// Throws InvalidArgument for what JSON cannot hold (undefined values, iterators).
[[nodiscard]] std::string jsonText(const Value& value, const JsonForm& form, Budget& budget);

} // namespace lori::chat
