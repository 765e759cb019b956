// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/json_text.h"
#include "core/tasks/records.h"

namespace lori::tasks {

/// A parsed value as a record: an object as it is, a list of turns as {"messages": […]}, anything else with its problem.
[[nodiscard]] Record recordFrom(std::int64_t line, ParsedJson&& parsed);

/// Whether a value is a list of turns {role, content} or {from, value}.
[[nodiscard]] bool isConversation(const nlohmann::json& value);

/// Whether an object keeps its rows in a list under a usual name ({"data": [{…}, …]}) and is no row itself.
[[nodiscard]] bool holdsRows(const nlohmann::json& object);

} // namespace lori::tasks
