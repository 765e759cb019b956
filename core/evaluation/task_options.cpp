// SPDX-License-Identifier: Apache-2.0
#include "core/evaluation/task_options.h"

#include "core/evaluation/sandbox_runner.h"

namespace lori::evaluation {

EvaluateOptions optionsFor(const experiment::EvaluationTask& task)
{
    EvaluateOptions options;
    options.limit = task.limit;
    options.how = task.how;
    options.scoring.mode = task.scoring;
    if (tasks::runsPrograms(task.task)) {
        options.scoring.runner = sandboxRunner();
    }
    options.samples = task.samples;
    return options;
}

} // namespace lori::evaluation
