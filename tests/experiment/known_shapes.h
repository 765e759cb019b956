// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/estimate.h"

namespace lori::test {

/// Layers, hidden, heads, key-value heads, head size, intermediate, vocabulary, tied head.
inline const experiment::ModelShape kSmolLm2{30, 576, 9, 3, 64, 1536, 49152, true};
inline const experiment::ModelShape kLlama3{32, 4096, 32, 8, 128, 14336, 128256, false};

} // namespace lori::test
