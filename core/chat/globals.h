// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/value.h"

#include <string>
#include <utility>
#include <vector>

namespace lori::chat {

/// range, dict, namespace, raise_exception, strftime_now: what every template finds.
[[nodiscard]] std::vector<std::pair<std::string, Value>> globalFunctions();

} // namespace lori::chat
