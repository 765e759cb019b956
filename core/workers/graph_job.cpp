// SPDX-License-Identifier: Apache-2.0
#include "core/workers/graph_job.h"

#include <algorithm>

namespace lori::workers {

namespace {

constexpr double kSmallStepSeconds = 5; // of a step whose kind does not say

double secondsOf(const jobs::PlannedNode& node)
{
    return node.done ? 0 : node.plan.seconds < 0 ? kSmallStepSeconds : node.plan.seconds;
}

} // namespace

jobs::JobPlan GraphJob::plan()
{
    const auto shop = workshop();
    const jobs::JobGraph graph(nodes(), *shop);
    jobs::JobPlan plan;
    plan.seconds = 0;
    plan.diskBytes = 0;
    std::size_t done = 0;
    for (const jobs::PlannedNode& node : graph.plan()) {
        done += node.done ? 1 : 0;
        plan.seconds += secondsOf(node);
        plan.memoryBytes = std::max(plan.memoryBytes, node.plan.memoryBytes);
        plan.mayUseGpu = plan.mayUseGpu || node.plan.mayUseGpu;
        plan.diskBytes += std::max<std::int64_t>(0, node.plan.diskBytes);
    }
    plan.what = title() + ": " + std::to_string(graph.nodes().size()) + " steps, " + std::to_string(done) + " of them done";
    return plan;
}

std::vector<PlannedStep> GraphJob::steps()
{
    const auto shop = workshop();
    const jobs::JobGraph graph(nodes(), *shop);
    const std::vector<jobs::PlannedNode> planned = graph.plan();
    std::vector<PlannedStep> steps;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        steps.push_back({graph.nodes()[i].id, graph.nodes()[i].kind, planned[i].done.has_value(), secondsOf(planned[i])});
    }
    return steps;
}

Error GraphJob::endOfStop(const jobs::StopRequest& stop, const jobs::JobFolder& folder)
{
    const bool kept = stop.kind != jobs::StopRequest::Kind::Discard;
    return {ErrorCode::Stopped, title() + " was " + (kept ? "stopped" : "discarded") + " and what was done is kept",
            kept ? "run it again to go on, or lori job resume " + folder.id() : "", ""};
}

} // namespace lori::workers
