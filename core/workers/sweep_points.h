// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/workers/graph_options.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace lori::workers {

/// One combination of a sweep's values.
struct SweepPoint {
    std::string id;                                                   ///< "p1"
    nlohmann::ordered_json values = nlohmann::ordered_json::object(); ///< by the axes' keys
    experiment::RunConfig config;                                     ///< named after its values
};

inline constexpr std::size_t kMaxSweepPoints = 10'000;

/// The product of all values, the last axis changing fastest. Throws Exception(InvalidArgument): a key that is no field, an axis
/// without values or twice, a value that the field refuses, a configuration that may not start, more than kMaxSweepPoints.
[[nodiscard]] std::vector<SweepPoint> sweepPoints(const SweepOptions& options);

/// Whether points that differ in this key alone are repetitions of the same: "seed", "adapter.projectionSeed" …
[[nodiscard]] bool isSeed(const std::string& key);

} // namespace lori::workers
