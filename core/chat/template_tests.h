// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace lori::chat {

/// Whether `is name` is known; Interpreter::test does it.
[[nodiscard]] bool isTest(std::string_view name);

} // namespace lori::chat
