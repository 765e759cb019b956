// SPDX-License-Identifier: Apache-2.0
#include "core/workers/sweep_job.h"

#include "core/workers/kinds_workshop.h"
#include "core/workers/sweep_report.h"

namespace lori::workers {

SweepJob::SweepJob(Home home, SweepOptions options)
    : m_home(std::move(home)), m_options(std::move(options)), m_points(sweepPoints(m_options))
{
}

std::unique_ptr<jobs::GraphWorkshop> SweepJob::workshop() const
{
    return std::make_unique<KindsWorkshop>(m_home, "sweep");
}

std::vector<jobs::GraphNode> SweepJob::nodes() const
{
    std::vector<jobs::GraphNode> nodes;
    for (const SweepPoint& point : m_points) {
        nodes.push_back({point.id, "train", point.config.name, experiment::toJson(point.config)});
    }
    return nodes;
}

jobs::JobResult SweepJob::work(jobs::JobContext& context)
{
    const auto shop = workshop();
    jobs::JobGraph graph(nodes(), *shop); // no point needs another, so the order is theirs
    const std::vector<jobs::NodeOutcome> outcomes = graph.work(context, m_options.continueOnError);
    const nlohmann::ordered_json report = sweepReport(m_options, m_points, outcomes);
    return {report, sweepText(report)};
}

} // namespace lori::workers
