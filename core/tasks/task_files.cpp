// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/task_files.h"

#include "core/tasks/benchmarks.h"
#include "core/tasks/record_folder.h"
#include "core/tasks/task_manifest.h"

namespace lori::tasks {

namespace fs = std::filesystem;

std::vector<fs::path> trainingFiles(const std::string& task, const DataFolder& folder)
{
    const std::vector<const Benchmark*> sets = benchmarksOf(task);
    if (sets.empty()) {
        return readManifest(task).trainFiles;
    }
    if (const auto mixture = sets.size() > 1 ? mixtureFile(folder) : std::nullopt) {
        return {*mixture};
    }
    std::vector<fs::path> files;
    for (const Benchmark* set : sets) {
        files.push_back(benchmarkFile(*set, "train", folder));
    }
    return files;
}

std::vector<fs::path> evaluationFiles(const std::string& task, const DataFolder& folder)
{
    std::vector<fs::path> files;
    for (const Benchmark* set : benchmarksOf(task)) {
        if (set->rows == BenchmarkRows::Prompts) {
            files.push_back(benchmarkFile(*set, "eval_harmful", folder));
            files.push_back(benchmarkFile(*set, "eval_benign", folder));
        } else {
            files.push_back(benchmarkFile(*set, "test", folder));
        }
    }
    if (files.empty()) {
        for (const EvaluationFile& side : readManifest(task).evaluation) {
            files.push_back(side.file);
        }
    }
    return files;
}

std::vector<fs::path> dataFiles(const fs::path& path)
{
    std::error_code ignored;
    DataNotes unused;
    return fs::is_directory(path, ignored) ? tablesOf(path, unused) : std::vector<fs::path>{path};
}

} // namespace lori::tasks
