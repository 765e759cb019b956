// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_graph.h"
#include "core/support/home.h"

#include <memory>
#include <string>
#include <vector>

namespace lori::workers {

/// A step of a graph's plan, for people.
struct PlannedStep {
    std::string id;
    std::string kind;
    bool done = false;
    double seconds = 0; ///< estimated; of one that is done 0
};

/// A kind that is a graph of other jobs. What was done when it is stopped is kept, and found when it goes on.
class GraphJob : public jobs::JobKind {
public:
    /// Sums of the steps that are still to be done; the most memory that one of them holds.
    [[nodiscard]] jobs::JobPlan plan() override;
    /// Every step in the order in which it would be done.
    [[nodiscard]] std::vector<PlannedStep> steps();
    /// A stop keeps what was done, also an interrupt.
    [[nodiscard]] Error endOfStop(const jobs::StopRequest& stop, const jobs::JobFolder& folder) override;

protected:
    /// Made anew for each plan and attempt, because what is found is looked up once.
    [[nodiscard]] virtual std::unique_ptr<jobs::GraphWorkshop> workshop() const = 0;
    [[nodiscard]] virtual std::vector<jobs::GraphNode> nodes() const = 0;
    /// "the recipe Small story"
    [[nodiscard]] virtual std::string title() const = 0;
};

} // namespace lori::workers
