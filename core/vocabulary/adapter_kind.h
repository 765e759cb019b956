// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori {

/// How an adapter changes a module's arithmetic: what its folder holds.
enum class AdapterKind : std::uint8_t {
    LowRank, ///< W + scaling · B · A: LoRA and LoRI
    Dora,    ///< the same with rows of length `magnitude` (method.md §2.2)
    Ia3,     ///< W with rows or columns multiplied by `scale` (method.md §2.3)
    Weights, ///< other weights instead of W (full fine-tuning): model.safetensors, no PEFT folder
};

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::AdapterKind;
} // namespace lori::experiment
