// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/try_rows.h"

#include "core/jobs/run_folder.h"
#include "core/tasks/data_file.h"
#include "core/tasks/held_out.h"
#include "core/tasks/task.h"

#include <algorithm>
#include <filesystem>
#include <utility>

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

TryRow shown(const tasks::Row& row, const std::string& expected)
{
    return {QString::fromStdString(row.instruction + (row.input.empty() ? "" : "\n" + row.input)),
            QString::fromStdString(expected)};
}

/// Rows of the run's own files that were set aside, in the order in which it measures them. A file that is gone, cannot be read
/// any longer or is very large gives none: other questions can be asked.
void addHeldOut(const experiment::DataConfig& data, std::vector<TryRow>& rows)
{
    constexpr std::uintmax_t kMostBytes = 64U << 20U;
    std::vector<std::pair<double, tasks::Row>> aside;
    for (const experiment::DataSource& source : data.sources) {
        std::error_code problem;
        if (source.file.empty() || std::filesystem::file_size(source.file, problem) > kMostBytes || problem) {
            continue;
        }
        const auto file = tasks::readDataFile(source.file, source.columns, tasks::BadRows::Skip);
        for (std::size_t i = 0; file && i < file->rows.size(); ++i) {
            if (source.maxRows > 0 && i >= static_cast<std::size_t>(source.maxRows)) {
                break;
            }
            const double place = tasks::heldOutPlace(file->rows[i]);
            if (place < data.heldOutShare && file->rows[i].context.empty()) { // a question that stands alone
                aside.emplace_back(place, file->rows[i]);
            }
        }
    }
    std::sort(aside.begin(), aside.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [place, row] : aside) {
        if (rows.size() < kMostRows) {
            rows.push_back(shown(row, row.output));
        }
    }
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
    addHeldOut(config->data, rows);
    for (const std::string& task : tasksOf(*config)) {
        const auto sides = tasks::loadEvaluation(task, {home.root / "data"});
        if (!sides) { // its files are not here: other questions can be asked
            continue;
        }
        for (const tasks::EvaluationSide& side : *sides) {
            for (std::size_t i = 0; i < std::min(side.rows.size(), kRowsOfOne) && rows.size() < kMostRows; ++i) {
                rows.push_back(shown(side.rows[i].row, side.rows[i].expected));
            }
        }
    }
    return rows;
}

} // namespace lori::ui
