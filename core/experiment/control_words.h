// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_folder.h"

#include <optional>
#include <string_view>

namespace lori::experiment {

/// "pause", "continue", "stop_and_keep", "discard", "evaluate_now", "checkpoint".
[[nodiscard]] std::string_view commandName(Command command);
[[nodiscard]] std::optional<Command> commandFromName(std::string_view name);

} // namespace lori::experiment
