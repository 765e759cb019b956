// SPDX-License-Identifier: Apache-2.0
#pragma once

// How JobGraph works its nodes. Internal to this room.

#include "core/jobs/child_work.h"
#include "core/jobs/job_graph.h"

#include <chrono>

namespace lori::jobs {

/// Works the nodes of a graph one by one and says, as events of the graph's own job, what becomes of each and how long all will
/// take: what is left by the plans, corrected by how right they were so far.
class GraphWork final {
public:
    GraphWork(JobContext& context, GraphWorkshop& workshop, const std::vector<PlannedNode>& plan);

    /// Makes or opens its folder and works in it; waits while somebody else does. Throws StopRequest.
    [[nodiscard]] NodeOutcome node(const GraphNode& node, std::size_t place, const std::string& key);
    void found(const GraphNode& node, std::size_t place, const std::filesystem::path& folder);
    void leftOut(const GraphNode& node, std::size_t place);

private:
    [[nodiscard]] Result<JobResult> workIn(const JobFolder& folder, const GraphNode& node, std::size_t place);
    void say(const GraphNode& node, std::size_t place, const char* state, const std::filesystem::path& folder,
             const std::string& error = {});
    void sayProgress(const GraphNode& node, std::size_t place, const ChildProgress& child);
    /// Seconds of all nodes from `place` on by their plans, corrected.
    [[nodiscard]] double secondsFrom(std::size_t place) const;

    JobContext& m_context;
    GraphWorkshop& m_workshop;
    const std::vector<PlannedNode>& m_plan;
    double m_planned = 0; ///< seconds by the plans of what this attempt did
    double m_past = 0;    ///< what it really took
};

} // namespace lori::jobs
