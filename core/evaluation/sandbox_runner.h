// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/program.h"

#include <functional>

namespace lori::evaluation {

/// Runs programs in core/sandbox within its default limits (3 s, 512 MiB, no network). `cancelled` is asked every few
/// milliseconds; true ends the program and throws Exception(Stopped). Throws Exception(Unsupported) with the reason when no
/// sandbox can be had, so that nothing is generated in vain.
[[nodiscard]] tasks::ProgramRunner sandboxRunner(std::function<bool()> cancelled = {});

} // namespace lori::evaluation
