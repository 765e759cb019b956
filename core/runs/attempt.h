// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runs/run_context.h"
#include "core/support/home.h"

#include <cstdint>

namespace lori::runs {

struct AttemptOptions {
    Home home;
    bool acceptChangedData = false; ///< go on with data, masks and adapters that changed since the run began, and record it
};

/// One attempt at a run, from `started` to its last stage. Everything it is given must outlive it.
class Attempt final {
public:
    Attempt(const jobs::RunFolder& folder, const AttemptOptions& options, const experiment::RunConfig& config, ResumeState& state,
            jobs::JobLog& log, jobs::JobControl& control);

    /// Prepare and the stages that are not finished yet. Throws StopRequest and Exception.
    void work();
    /// Keeps what this attempt measured for later estimates; a speed that cannot be saved is no reason to fail.
    void saveSpeed() const;
    /// Whether a stage began to train, so that a stop leaves something to go on from.
    [[nodiscard]] bool hasTrained() const { return m_trained; }

private:
    void start();
    /// The files that are read must be those the run began with: other rows would go on under the same name.
    void checkInputs();
    void loadModel();
    void loadData();
    /// What was shortened, or cannot be learned: cut answers teach less than they should, cut prompts ask less.
    void noteCuts(const training::TrainingData& data);
    void noteBeyondContext(std::int64_t rows);
    void plan();
    /// Scores of the base model alone, once.
    void prepare();
    /// As the plan says: with every change that is known.
    [[nodiscard]] std::int64_t stepsOf(std::int64_t stage) const;
    /// What is still to do from `stage` on, for the time left.
    void updateRemaining(std::int64_t stage);

    const AttemptOptions& m_options;
    ResumeState& m_state;
    jobs::JobControl& m_control;
    RunContext m_run;
    model::GemmBackend m_gemm = model::GemmBackend::Blas;
    at::Device m_device{at::kCPU};
    bool m_trained = false;
};

} // namespace lori::runs
