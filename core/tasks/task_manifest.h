// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

namespace lori::tasks {

/// One side of an evaluation as task.json names it.
struct EvaluationFile {
    std::string metric;
    bool higherIsBetter = true;
    Judge judge = Judge::FinalNumber;
    std::filesystem::path file;
};

/// task.json of a starter task, with the files' full paths. The row counts of `info` are not filled.
struct TaskManifest {
    TaskInfo info;
    std::vector<EvaluationFile> evaluation;
    std::vector<std::filesystem::path> trainFiles;
};

/// Folders of resources/tasks that hold a task.json, sorted. Throws Exception(NotFound).
[[nodiscard]] std::vector<std::string> taskNames();
/// Throws Exception: NotFound with the known tasks, BadFile with the field.
[[nodiscard]] TaskManifest readManifest(const std::string& task);

} // namespace lori::tasks
