// SPDX-License-Identifier: Apache-2.0
#include "core/serving/run_method.h"

#include "core/jobs/run_folder.h"
#include "core/runs/resume_state.h"
#include "core/runs/stage_inputs.h"
#include "core/support/sha256.h"
#include "core/training/checkpoint.h"

#include <optional>
#include <string>

namespace lori::serving {

using experiment::RunConfig;
using jobs::RunFolder;

RunMethod methodOfRun(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& runFolder)
{
    const RunFolder folder = RunFolder::open({}, std::filesystem::absolute(runFolder).string()).value();
    const std::string begunWith = runs::readResumeState(folder).value().baseFingerprint;
    if (!begunWith.empty() && begunWith != base->fingerprint()) {
        throw Exception(ErrorCode::Mismatch, "this run trains another base model", "open it with the model that it trains",
                        runFolder.string());
    }
    const auto checkpoint = training::newestCheckpoint(folder.checkpoints());
    if (!checkpoint) {
        throw Exception(ErrorCode::NotFound, "this run has no checkpoint yet", "ask it for one, or pause it after its first step",
                        runFolder.string());
    }
    const RunConfig config = folder.config().value();
    const training::CheckpointPosition& position = checkpoint->position;
    if (position.configHash != sha256OfFile(folder.path() / "config.json").value() || position.stage < 0 ||
        position.stage >= static_cast<std::int64_t>(config.stages.size())) {
        throw Exception(ErrorCode::Mismatch, "the checkpoint was made with another configuration than the run has now",
                        "put the configuration back", checkpoint->file.string());
    }
    RunMethod run{runs::makeMethod(base, folder, config, position.stage), position.stage, position.step};
    training::Optimizer optimizer(config.optimizer, run.method->parameters());
    training::restoreCheckpoint(checkpoint->file, *run.method, optimizer).value();
    return run;
}

} // namespace lori::serving
