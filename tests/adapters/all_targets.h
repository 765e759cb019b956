// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/adapter_config.h"
#include "core/model/loss_head.h"

#include <cstdint>
#include <vector>

namespace lori::test {

/// Three rows of tokens, packed one behind the other.
inline const std::vector<std::vector<std::int32_t>> kRows{{10, 20, 30, 40, 50}, {7, 8, 9}, {100, 101, 102, 103, 104, 105, 106}};

/// Rank 4 at a scaling of 2 (4 with rsLoRA).
inline experiment::AdapterConfig smallConfig(bool rslora = false)
{
    experiment::AdapterConfig config;
    config.rank = 4;
    config.alpha = 8;
    config.projectionSeed = 11;
    config.rslora = rslora;
    return config;
}

/// Every token but a row's first is a target.
inline model::LossTargets allTargets()
{
    model::LossTargets targets;
    std::int64_t begin = 0;
    for (std::size_t r = 0; r < kRows.size(); ++r) {
        for (std::size_t i = 1; i < kRows[r].size(); ++i) {
            targets.positions.push_back(begin + static_cast<std::int64_t>(i) - 1);
            targets.labels.push_back(kRows[r][i]);
            targets.rows.push_back(static_cast<std::int64_t>(r));
        }
        begin += static_cast<std::int64_t>(kRows[r].size());
    }
    return targets;
}

} // namespace lori::test
