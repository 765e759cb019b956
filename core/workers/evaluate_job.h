// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/evaluation/evaluator.h"
#include "core/jobs/job_kind.h"
#include "core/support/home.h"
#include "core/workers/job_options.h"

namespace lori::workers {

/// Scores a model, with an adapter if named, on a task. result.json: task, how, mode, scores by metric; each score is an event
/// too, with its rows under items/.
class EvaluateJob final : public jobs::JobKind {
public:
    /// Throws Exception(InvalidArgument) for words that are not known.
    EvaluateJob(Home home, EvaluateOptions options);
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

private:
    [[nodiscard]] evaluation::EvaluateOptions options() const;
    Home m_home;
    EvaluateOptions m_options;
};

} // namespace lori::workers
