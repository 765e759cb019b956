// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/jobs/job_kind.h"
#include "core/jobs/run_folder.h"
#include "core/runs/attempt.h"

#include <optional>

namespace lori::runs {

/// A training or a sequence as a kind of job. Its folder is a RunFolder, whose config.json is what the run is and whose
/// checkpoints each attempt goes on from; result.json and report.md also say what a stopped run has reached.
class RunJob final : public jobs::JobKind {
public:
    /// `config` is what plan() looks at; work() follows the folder's own.
    RunJob(Home home, experiment::RunConfig config, bool acceptChangedData = false)
        : m_options{std::move(home), acceptChangedData}, m_config(std::move(config))
    {
    }

    /// Seconds, memory and disk by the estimate. Throws the first problem of the configuration, and what opening its model, rows
    /// and tasks says.
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;
    [[nodiscard]] jobs::PastAttempts readPast(const jobs::JobFolder& folder) override;
    [[nodiscard]] jobs::JobResult resultAgain(const jobs::JobFolder& folder) override;
    /// Says nothing: device, threads and backend are found out by work().
    void begin(jobs::JobContext& context, const jobs::PastAttempts& past, const jobs::WorkOptions& options) override;
    void keepResult(const jobs::JobFolder& folder, jobs::JobResult& result) override;
    [[nodiscard]] Error endOfStop(const jobs::StopRequest& stop, const jobs::JobFolder& folder) override;

private:
    [[nodiscard]] nlohmann::json result(const char* state) const;

    AttemptOptions m_options;
    experiment::RunConfig m_config;
    std::optional<jobs::RunFolder> m_folder; ///< since readPast()
    ResumeState m_state;
    bool m_hasTrained = false;
};

} // namespace lori::runs
