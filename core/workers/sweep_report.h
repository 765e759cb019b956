// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_graph.h"
#include "core/workers/sweep_points.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace lori::workers {

/// {"over":{KEY:[…]},"points":[{"values":{KEY:…},"state":"done|failed|left_out","run","folder","scores":{"safety.refusal_rate":{
/// "value","low","high","n","higherIsBetter"},"loss.heldout":{"value","higherIsBetter"}},"error"}],"groups":[{"values" without
/// seeds,"points","scores":{NAME:{"mean","sd" (null for one),"n"}}}],"failed","heldOutLoss":"per-token"|"as-trained"}: what all
/// of "loss.heldout" are; as trained when a point is of a program that wrote no loss per token. `outcomes` in the order of the
/// points.
[[nodiscard]] nlohmann::ordered_json sweepReport(const SweepOptions& options, const std::vector<SweepPoint>& points,
                                                 const std::vector<jobs::NodeOutcome>& outcomes);
/// The same for people, in Markdown.
[[nodiscard]] std::string sweepText(const nlohmann::ordered_json& report);

} // namespace lori::workers
