// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workers/graph_job.h"
#include "core/workers/sweep_points.h"

namespace lori::workers {

/// A training at every combination of some values. Each point is a run, found by its key whoever did it. result.json:
/// sweepReport().
class SweepJob final : public GraphJob {
public:
    /// Throws Exception: those of sweepPoints().
    SweepJob(Home home, SweepOptions options);
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;
    [[nodiscard]] const std::vector<SweepPoint>& points() const { return m_points; }

protected:
    [[nodiscard]] std::unique_ptr<jobs::GraphWorkshop> workshop() const override;
    [[nodiscard]] std::vector<jobs::GraphNode> nodes() const override;
    [[nodiscard]] std::string title() const override { return "the sweep"; }

private:
    Home m_home;
    SweepOptions m_options;
    std::vector<SweepPoint> m_points;
};

} // namespace lori::workers
