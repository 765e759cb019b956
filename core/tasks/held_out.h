// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

namespace lori::tasks {

/// A stable number in [0, 1) from a row's text, so that the same rows are set aside whatever else is in the data: those below
/// DataConfig::heldOutShare are never trained on.
[[nodiscard]] double heldOutPlace(const Row& row);

} // namespace lori::tasks
