// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/experiment/machine_speed.h"
#include "core/jobs/job_control.h"
#include "core/jobs/job_log.h"
#include "core/jobs/run_folder.h"
#include "core/model/base_model.h"
#include "core/runs/eta.h"
#include "core/runs/resume_state.h"
#include "core/tokenizer/tokenizer.h"
#include "core/training/training_rows.h"

#include <memory>
#include <optional>
#include <string>

namespace lori::runs {

/// Everything one attempt at a run works with; made by the worker, shared by its stages.
struct RunContext {
    const jobs::RunFolder& folder;
    const experiment::RunConfig& config;
    jobs::JobLog& log;
    jobs::JobControl& control;
    ResumeState& state;
    Eta eta;
    std::shared_ptr<const model::BaseModel> base;
    std::unique_ptr<tokenizer::Tokenizer> tokenizer;
    /// Training rows of each stage; stages without data of their own share one.
    std::vector<std::shared_ptr<const training::TrainingData>> stageData;
    std::string baseHash;       ///< of the weights at the start
    std::string configHash;     ///< SHA-256 of config.json
    std::filesystem::path home; ///< where scores of base models are kept

    [[nodiscard]] const training::TrainingData& dataOf(std::int64_t stage) const
    {
        return *stageData[static_cast<std::size_t>(stage)];
    }
    /// Logs an event and folds it into `state`, as reading it back would.
    void record(events::Payload payload);
    /// Writes a health note unless this attempt already wrote one of that code for that stage.
    void note(const std::string& level, const std::string& code, std::int64_t stage, const std::string& text,
              nlohmann::json values = nlohmann::json::object());
    std::set<std::string> notesWritten;
    std::optional<experiment::SpeedMeter> speed; ///< set once the model is loaded
};

/// What a stage is called: its own name, or its kind's.
[[nodiscard]] std::string stageName(const experiment::StageConfig& stage);

/// Seed of a stage's row order. Ours differs from stage to stage; the reference seeds every training with the same number.
[[nodiscard]] std::uint64_t orderSeed(const experiment::RunConfig& config, std::int64_t stage);

/// The first id that ends a turn; responses end with it. Throws Exception(BadFile) when the model has none.
[[nodiscard]] std::int32_t eosIdOf(const model::BaseModel& base);

} // namespace lori::runs
