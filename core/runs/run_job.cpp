// SPDX-License-Identifier: Apache-2.0
#include "core/runs/run_job.h"

#include "core/cuda/device.h"
#include "core/experiment/config_issue.h"
#include "core/experiment/estimate.h"
#include "core/formats/model_files.h"
#include "core/runs/report.h"
#include "core/runs/run_inputs.h"
#include "core/runs/scoring.h"
#include "core/runs/sequence_report.h"
#include "core/runs/worker.h"
#include "core/support/files.h"

#include <ATen/core/grad_mode.h>

namespace lori::runs {

namespace {

void writeResult(const jobs::RunFolder& folder, const nlohmann::json& result)
{
    writeFileAtomically(folder.resultFile(), result.dump(2) + "\n").value();
    writeFileAtomically(folder.path() / "report.md", reportText(result)).value();
}

/// What a person threw away: only the record stays, so the history can say that the run was there.
void discardFiles(const jobs::RunFolder& folder)
{
    std::error_code ignored;
    for (const char* part : {"checkpoints", "adapter", "masks"}) {
        std::filesystem::remove_all(folder.path() / part, ignored);
    }
}

void requireValid(const experiment::RunConfig& config, const std::string& file)
{
    if (const auto issues = experiment::validate(config); !issues.empty()) {
        throw Exception(ErrorCode::InvalidArgument, issues.front().problem, issues.front().hint, file + issues.front().path);
    }
}

} // namespace

jobs::JobPlan RunJob::plan()
{
    requireValid(m_config, "");
    const std::filesystem::path model = formats::resolveModel(m_options.home.root, m_config.model).value();
    const experiment::ModelShape shape = formats::readModelConfig(model).value().shape;
    static_cast<void>(runInputs(m_config).value());
    const std::int64_t prompts = promptCount(m_config, ScoreKind::Full);
    const experiment::Estimate estimate =
        experiment::estimate(m_config, shape, {}, experiment::machineSpeed(m_options.home, m_config, shape, {}));
    jobs::JobPlan plan;
    plan.what = "trains " + m_config.model + " in " + std::to_string(m_config.stages.size()) + " stages" +
                (prompts > 0 ? ", scored on " + std::to_string(prompts) + " prompts" : "");
    plan.seconds = estimate.seconds.value;
    plan.memoryBytes = static_cast<std::int64_t>(estimate.memoryBytes.value);
    plan.mayUseGpu = m_config.device != experiment::Device::Cpu && cuda::gpuListed();
    plan.diskBytes = static_cast<std::int64_t>(estimate.diskBytes.value);
    return plan;
}

jobs::PastAttempts RunJob::readPast(const jobs::JobFolder& folder)
{
    m_folder = jobs::RunFolder::open(m_options.home, folder.path().string()).value();
    m_config = m_folder->config().value();
    requireValid(m_config, "config.json: ");
    m_state = readResumeState(*m_folder).value();
    m_hasTrained = false;
    if (m_state.discarded) {
        throw Exception(ErrorCode::InvalidArgument, "this run was discarded: what it had trained is gone, so it cannot go on",
                        "start a new run with its settings: lori run --config " + (folder.path() / "config.json").string(),
                        folder.id());
    }
    return {m_state.resumed, m_state.finished, false};
}

nlohmann::json RunJob::result(const char* state) const
{
    return resultOf(*m_folder, m_config, m_state, state);
}

jobs::JobResult RunJob::resultAgain(const jobs::JobFolder& /*folder*/)
{
    const nlohmann::json found = result("finished");
    writeTransfer(*m_folder, found).value(); // of a run that an older program finished
    return {found, reportText(found)};
}

void RunJob::begin(jobs::JobContext& /*context*/, const jobs::PastAttempts& /*past*/, const jobs::WorkOptions& /*options*/) {}

jobs::JobResult RunJob::work(jobs::JobContext& context)
{
    const c10::InferenceMode noGraph; // gradients are computed by hand, so LibTorch records nothing
    Attempt attempt(*m_folder, m_options, m_config, m_state, context.log(), context.control());
    try {
        attempt.work();
    } catch (...) { // a stop too
        m_hasTrained = attempt.hasTrained();
        attempt.saveSpeed();
        throw;
    }
    attempt.saveSpeed();
    const nlohmann::json found = result("finished");
    return {found, reportText(found)};
}

void RunJob::keepResult(const jobs::JobFolder& /*folder*/, jobs::JobResult& /*result*/)
{
    const nlohmann::json found = result("finished");
    writeResult(*m_folder, found);
    writeTransfer(*m_folder, found).value();
}

Error RunJob::endOfStop(const jobs::StopRequest& stop, const jobs::JobFolder& folder)
{
    const bool keep = stop.kind != jobs::StopRequest::Kind::Discard;
    if (keep) {
        static_cast<void>(guard([&] { writeResult(*m_folder, result("stopped")); }));
    } else {
        discardFiles(*m_folder);
    }
    if (stop.kind == jobs::StopRequest::Kind::Interrupt && !m_hasTrained) {
        return {ErrorCode::Interrupted,
                "interrupted before training began",
                "start it again with lori run --resume " + folder.id(),
                {}};
    }
    return {ErrorCode::Stopped, keep ? "the run was stopped and kept" : "the run was discarded",
            keep ? "go on with lori run --resume " + folder.id() : "", folder.id()};
}

Result<nlohmann::json> runWorker(const jobs::RunFolder& folder, const WorkerOptions& options)
{
    return guard([&]() -> nlohmann::json {
        RunJob job(options.home, {}, options.acceptChangedData);
        return jobs::workInJob(folder, job, {options.observer, options.interrupt, {}, 0}).value().json;
    });
}

} // namespace lori::runs
