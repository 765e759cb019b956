// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/recipe.h"
#include "core/jobs/job_kind.h"
#include "core/recipes/measure_step.h"
#include "core/support/home.h"

#include <memory>

namespace lori::workers {

/// Scores on several tasks, and losses on rows that runs set aside, of a model with an adapter or without. result.json: scores,
/// losses, seconds (recipes::Measurer), with the judged rows under items/.
class MeasureJob final : public jobs::JobKind {
public:
    /// `measurer` may keep the base model for others.
    MeasureJob(Home home, experiment::RecipeMeasure measure, std::shared_ptr<recipes::Measurer> measurer = nullptr);
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

private:
    Home m_home;
    experiment::RecipeMeasure m_measure;
    std::shared_ptr<recipes::Measurer> m_measurer;
};

} // namespace lori::workers
