// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <string_view>

namespace lori {

/// An Error for what another library threw, told from its words alone: this room knows no LibTorch, and LibTorch's CPU allocator
/// throws the type that all of its failures have. Words of full memory (host or GPU) become OutOfMemory with what may be done,
/// those of the JSON library BadFile; everything else Internal with the first line of the message: traces of the stack are for
/// nobody.
[[nodiscard]] Error foreignError(std::string_view message);

/// OutOfMemory with what may be done about it; `bytes`: how much was asked for last, 0 = not known.
[[nodiscard]] Error memoryError(double bytes, bool onGpu = false);

} // namespace lori
