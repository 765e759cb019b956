// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/support/home.h"
#include "core/workers/job_options.h"

namespace lori::workers {

/// Overlap of masks, beside what independent masks would share. result.json: masks, keptBy, pairs (analysis::MaskComparison).
class CompareMasksJob final : public jobs::JobKind {
public:
    CompareMasksJob(const Home& /*unused*/, CompareMasksOptions options) : m_options(std::move(options)) {}
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

private:
    CompareMasksOptions m_options;
};

} // namespace lori::workers
