// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/runs/floors.h"
#include "core/runs/mask_moments.h"
#include "core/runs/run_context.h"
#include "core/training/trainer.h"

#include <cstdint>
#include <memory>

namespace lori::runs {

/// Extracts, stores and records the mask of LoRI-D's B.
void runMaskStage(RunContext& run, std::int64_t stage);

/// One training stage with checkpoints, held-out losses, checks, pauses, its final adapter, scores and seal. Goes on from the
/// newest checkpoint of this stage when there is one.
class TrainingStage final {
public:
    TrainingStage(RunContext& run, std::int64_t stage);
    /// Throws jobs::StopRequest (after keeping what Keep and Interrupt ask for) and Exception.
    void run();
    [[nodiscard]] std::int64_t steps() const { return m_trainer->steps(); }

private:
    void train();
    /// Takes over what people asked to change: recorded first, because a change that is lost cannot be repeated.
    void takeChanges();
    [[nodiscard]] std::int64_t evaluateEvery() const;
    void finish();
    void saveAdapter();
    void writeCheckpoint();
    void recordStep(const training::StepResult& result);
    void measureHeldOut();
    /// This stage's adapter is scored at its end. Where it is not (the calibration of a sequence), a low score means nothing.
    [[nodiscard]] bool isScored() const;
    /// Looks at the floors after a scoring: keeps what is good, pauses when something fell.
    void watchFloors(bool isCheck);
    void watchHealth(const training::StepResult& result);

    RunContext& m_run;
    std::int64_t m_stage;
    experiment::StageConfig m_config; ///< with what was changed while it was at work
    std::unique_ptr<adapters::Method> m_method;
    std::unique_ptr<training::Trainer> m_trainer;
    std::string m_projectionHash;
    double m_bestHeldOut = 0;
    std::int64_t m_heldOutRises = 0;
    std::int64_t m_lastCheckpointStep = -1;
    std::filesystem::path m_lastCheckpoint;
    Floors m_floors;
    MaskMoments m_moments;
};

} // namespace lori::runs
