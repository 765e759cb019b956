// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/task.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lori::tasks {

/// The files that loadTrainingRows and loadEvaluation read for a task. Throws Exception as they do.
[[nodiscard]] std::vector<std::filesystem::path> trainingFiles(const std::string& task, const DataFolder& folder);
[[nodiscard]] std::vector<std::filesystem::path> evaluationFiles(const std::string& task, const DataFolder& folder);
/// The files that readDataFile reads for a path: itself, or the tables of a folder. Throws Exception as it does.
[[nodiscard]] std::vector<std::filesystem::path> dataFiles(const std::filesystem::path& path);

} // namespace lori::tasks
