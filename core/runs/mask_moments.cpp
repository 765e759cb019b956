// SPDX-License-Identifier: Apache-2.0
#include "core/runs/mask_moments.h"

#include "core/analysis/mask_analysis.h"
#include "core/runs/stage_inputs.h"
#include "core/support/passing_folder.h"

namespace lori::runs {

namespace fs = std::filesystem;
using experiment::StageKind;

namespace {

/// The first later mask stage that is made from `stage`; −1 without one.
std::int64_t maskStageOf(const jobs::RunFolder& folder, const experiment::RunConfig& config, std::int64_t stage)
{
    const StageKind kind = config.stages[static_cast<std::size_t>(stage)].kind;
    for (auto later = static_cast<std::size_t>(stage) + 1; later < config.stages.size(); ++later) {
        if (config.stages[later].kind == StageKind::Mask &&
            sourceAdapter(folder, config, static_cast<std::int64_t>(later)) == folder.adapterFolder(stage, kind)) {
            return static_cast<std::int64_t>(later);
        }
    }
    return -1;
}

} // namespace

fs::path momentFile(const jobs::RunFolder& folder, std::int64_t maskStage, std::int64_t step)
{
    return folder.masks() / "moments" / (std::to_string(maskStage) + "-" + std::to_string(step) + ".safetensors");
}

MaskMoments::MaskMoments(RunContext& run, std::int64_t stage)
    : m_run(run),
      m_stage(stage),
      m_maskStage(run.config.evaluation.maskMoments > 0 ? maskStageOf(run.folder, run.config, stage) : -1)
{
}

void MaskMoments::look(const adapters::Method& method, std::int64_t done, std::int64_t steps)
{
    if (m_maskStage < 0 || !isMoment(done, steps, m_run.config.evaluation.maskMoments)) {
        return;
    }
    m_run.control.folder().require();
    if (const auto made = guard([&] { make(method, done); }); !made) {
        m_maskStage = -1;
        m_run.note("warning", "mask_moment", m_stage,
                   "The mask of this moment could not be kept, so no further one is tried: " + made.error().sentence() + ".",
                   {{"step", done}, {"why", made.error().sentence()}});
    }
}

void MaskMoments::make(const adapters::Method& method, std::int64_t step)
{
    const fs::path file = momentFile(m_run.folder, m_maskStage, step);
    fs::create_directories(file.parent_path());
    const PassingFolder now(file.parent_path() / ".now"); // calibration reads an adapter's files, and so is the same here
    method.save(now.path(), m_run.config.model, {}).value();
    const experiment::StageConfig& stage = m_run.config.stages[static_cast<std::size_t>(m_maskStage)];
    const formats::AdapterFiles adapter = formats::openAdapter(now.path(), &m_run.base->config().shape).value();
    const formats::Mask mask =
        analysis::extractFreeMask(adapter, stage.mask, masksToAvoid(m_run.folder, m_run.config, m_maskStage)).value().mask;
    formats::writeMask(file, mask).value();
    m_run.record(events::MaskMoment{m_stage, step, m_maskStage, file.lexically_relative(m_run.folder.path()).string(),
                                    mask.kept(), mask.total()});
}

} // namespace lori::runs
