// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"
#include "core/jobs/run_folder.h"

#include <map>
#include <string>

namespace lori::ui {

/// Shapes of models and row counts of starter tasks, read from headers once and remembered.
class ModelFacts final {
public:
    explicit ModelFacts(Home home) : m_home(std::move(home)) {}

    /// Errors: NotFound, BadFile, Unsupported; a file that was not there is looked for again.
    [[nodiscard]] Result<experiment::ModelShape> shape(const std::string& model);
    /// Rows of the starter tasks in the sources and their lengths, judged by the number of characters; 0 (unknown) as soon as a
    /// file is among them.
    [[nodiscard]] experiment::DataLengths lengths(const experiment::RunConfig& config);

private:
    [[nodiscard]] experiment::DataLengths taskLengths(const std::string& task);

    Home m_home;
    std::map<std::string, experiment::ModelShape> m_shapes;
    std::map<std::string, experiment::DataLengths> m_tasks;
};

} // namespace lori::ui
