// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/comparison.h"

#include <filesystem>
#include <vector>

namespace lori::runs {

/// The judged rows of one score, as scoreAndRecord() and `lori evaluate` wrote them (evaluation::itemLines).
/// Errors: NotFound, BadFile with the line.
[[nodiscard]] Result<std::vector<tasks::ScoredItem>> readItems(const std::filesystem::path& file);

} // namespace lori::runs
