// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/try_rows.h"

#include "core/jobs/run_folder.h"
#include "core/tasks/task.h"

#include <algorithm>

namespace lori::ui {

namespace {

constexpr std::size_t kMostRows = 6;
constexpr std::size_t kRowsOfOne = 3; ///< of one side of a task

std::vector<std::string> tasksOf(const experiment::RunConfig& config)
{
    std::vector<std::string> tasks;
    const auto add = [&tasks](const std::string& task) {
        if (!task.empty() && std::find(tasks.begin(), tasks.end(), task) == tasks.end()) {
            tasks.push_back(task);
        }
    };
    for (const auto& task : config.evaluation.tasks) {
        add(task.task);
    }
    for (const experiment::DataSource& source : config.data.sources) {
        add(source.task);
    }
    return tasks;
}

} // namespace

std::vector<TryRow> measuredRows(const Home& home, const QString& runId)
{
    std::vector<TryRow> rows;
    const auto run = jobs::RunFolder::open(home, runId.toStdString());
    const auto config = run ? run->config() : Result<experiment::RunConfig>(run.error());
    if (!config) {
        return rows;
    }
    for (const std::string& task : tasksOf(*config)) {
        const auto sides = tasks::loadEvaluation(task, {home.root / "data"});
        if (!sides) { // its files are not here: other questions can be asked
            continue;
        }
        for (const tasks::EvaluationSide& side : *sides) {
            for (std::size_t i = 0; i < std::min(side.rows.size(), kRowsOfOne) && rows.size() < kMostRows; ++i) {
                const tasks::EvaluationRow& row = side.rows[i];
                const std::string& input = row.row.input;
                rows.push_back({QString::fromStdString(row.row.instruction + (input.empty() ? "" : "\n" + input)),
                                QString::fromStdString(row.expected)});
            }
        }
    }
    return rows;
}

} // namespace lori::ui
