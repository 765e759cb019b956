// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"
#include "core/jobs/run_folder.h"
#include "core/tasks/task.h"
#include "ui/services/background_job.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lori::ui {

/// How many rows, and how long they are in tokens, judged by their letters: 4.3 bytes a token, as in English, 30 tokens of a chat
/// template, and one that ends the answer. Zeros for no rows.
[[nodiscard]] experiment::DataLengths judgedLengths(const std::vector<tasks::Row>& rows);

/// Shapes of models and row counts of starter tasks, read from headers once and remembered.
class ModelFacts final {
public:
    /// `changed` is called when the rows of a published set were counted, which happens in another thread.
    explicit ModelFacts(Home home, std::function<void()> changed = {}) : m_home(std::move(home)), m_changed(std::move(changed)) {}

    /// Errors: NotFound, BadFile, Unsupported; a file that was not there is looked for again.
    [[nodiscard]] Result<experiment::ModelShape> shape(const std::string& model);
    /// Rows of the sources and their lengths, as judgedLengths(). `files`: of the sources that are files, in their order. 0
    /// (unknown) as soon as those of one source are, which they also are while a published set is being read.
    [[nodiscard]] experiment::DataLengths lengths(const experiment::RunConfig& config,
                                                  const std::vector<experiment::DataLengths>& files = {});

private:
    [[nodiscard]] experiment::DataLengths taskLengths(const std::string& task, const std::filesystem::path& folder);

    Home m_home;
    std::function<void()> m_changed;
    std::map<std::string, BackgroundJob> m_counting;        ///< by task and folder
    std::map<std::string, experiment::ModelShape> m_shapes; ///< by path: a name can move to another model
    std::map<std::string, experiment::DataLengths> m_tasks;
};

} // namespace lori::ui
