// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vocabulary/mask_scope.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::experiment {

/// What a mask does with entries that earlier masks already use.
enum class AvoidRule : std::uint8_t {
    ChooseFree, ///< the largest entries among the free ones: as many as without the others, where enough are free (§1.7)
    Remove,     ///< choose as if there were no others, then give up what they use: fewer entries
};

struct MaskConfig {
    double sparsity = 0.9; ///< 0–0.999: the share of B that stays zero
    MaskScope scope = MaskScope::Model;
    MaskRule rule = MaskRule::Reference;
    std::vector<std::string> avoid;        ///< mask files, or LoRI-S adapter folders, whose entries are taken
    std::vector<std::int64_t> avoidStages; ///< earlier Mask stages of this run whose entries are taken
    AvoidRule avoidRule = AvoidRule::ChooseFree;
    bool operator==(const MaskConfig&) const = default;
};

} // namespace lori::experiment
