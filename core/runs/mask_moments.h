// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/runs/run_context.h"

#include <cstdint>
#include <filesystem>

namespace lori::runs {

/// masks/moments/<mask stage>-<step>.safetensors
[[nodiscard]] std::filesystem::path momentFile(const jobs::RunFolder& folder, std::int64_t maskStage, std::int64_t step);

/// Whether a moment comes after step `done` of `steps`: `moments` parts of equal length, without the end, where the mask stage
/// itself looks. At most one a step.
[[nodiscard]] constexpr bool isMoment(std::int64_t done, std::int64_t steps, std::int64_t moments)
{
    return moments > 0 && done > 0 && done < steps && done * moments / steps > (done - 1) * moments / steps;
}

/// What calibration would keep if LoRI-D ended now, looked at while it trains: the mask through training time. Only for a stage
/// whose B a later mask stage of the run takes, with that stage's settings. It changes nothing of the training, and what cannot
/// be made is said once and tried no more: a run does not fail for it.
class MaskMoments final {
public:
    MaskMoments(RunContext& run, std::int64_t stage);
    /// After a step: makes and records the moment when one is due. Cost: an adapter written and read, and extractFreeMask().
    void look(const adapters::Method& method, std::int64_t done, std::int64_t steps);

private:
    void make(const adapters::Method& method, std::int64_t step);

    RunContext& m_run;
    std::int64_t m_stage;
    std::int64_t m_maskStage = -1; ///< −1: none takes this stage's B
};

} // namespace lori::runs
