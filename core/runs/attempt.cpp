// SPDX-License-Identifier: Apache-2.0
#include "core/runs/attempt.h"

#include "core/cuda/device.h"
#include "core/experiment/config_words.h"
#include "core/experiment/trainable.h"
#include "core/jobs/job_kind.h"
#include "core/model/gemm_choice.h"
#include "core/runs/row_checks.h"
#include "core/runs/run_inputs.h"
#include "core/runs/scoring.h"
#include "core/runs/stage_changes.h"
#include "core/runs/stages.h"
#include "core/support/sha256.h"
#include "core/support/this_machine.h"

#include <ATen/Parallel.h>

#include <chrono>
#include <unistd.h>

namespace lori::runs {

using experiment::StageKind;

namespace {

events::InputFile recordOf(const RunInput& input)
{
    return {input.what, input.name, input.path.string(), static_cast<std::int64_t>(input.bytes), input.sha256, std::nullopt};
}

} // namespace

Attempt::Attempt(const jobs::RunFolder& folder, const AttemptOptions& options, const experiment::RunConfig& config,
                 ResumeState& state, jobs::JobLog& log, jobs::JobControl& control)
    : m_options(options), m_state(state), m_control(control), m_run{folder,  config, log, control, state, {}, nullptr,
                                                                    nullptr, {},     {},  {},      {},    {}, {}}
{
}

void Attempt::saveSpeed() const
{
    if (m_run.speed) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const std::int64_t threads = m_device.is_cpu() ? at::get_num_threads() : 0;
        static_cast<void>(experiment::SpeedBook::add(
            m_options.home,
            m_run.speed->entries(m_device.str(), threads,
                                 experiment::modelKey(m_run.base->config().shape, m_run.config.weights, m_run.config.products),
                                 std::chrono::duration_cast<std::chrono::milliseconds>(now).count())));
    }
}

void Attempt::work()
{
    start();
    checkInputs();
    loadModel();
    loadData();
    plan();
    prepare();
    for (std::int64_t stage = 0; stage < static_cast<std::int64_t>(m_run.config.stages.size()); ++stage) {
        if (m_state.finishedStages.count(stage) > 0) {
            continue;
        }
        m_run.control.waitWhilePaused(stage, 0, [] {});
        if (m_run.config.stages[static_cast<std::size_t>(stage)].kind == StageKind::Mask) {
            runMaskStage(m_run, stage);
        } else {
            updateRemaining(stage);
            m_trained = true;
            TrainingStage(m_run, stage).run();
        }
    }
}

void Attempt::start()
{
    m_run.home = m_options.home.root;
    m_run.configHash = sha256OfFile(m_run.folder.path() / "config.json").value();
    const bool resumed = m_state.resumed;
    const at::Device device = cuda::chooseDevice(m_run.config.device).value();
    std::int64_t threads = resumed && m_state.threads > 0 ? m_state.threads : m_run.config.threads;
    if (threads <= 0) {
        threads = availableThreads();
    }
    at::set_num_threads(static_cast<int>(threads));
    m_gemm = resumed && !m_state.gemmBackend.empty() ? model::gemmBackendFromName(m_state.gemmBackend)
                                                     : model::gemmFor(m_run.config.products, m_options.home.root);
    m_device = device;
    m_run.record(events::Started{::getpid(), thisHost(), std::string("lori ") + LORI_VERSION, device.str(), threads,
                                 model::gemmBackendName(m_gemm), resumed, jobs::thisMachine(cuda::gpuName())});
    if (device.is_cuda()) {
        m_run.log.setGpuMemory(cuda::gpuBytes);
    } else if (m_run.config.device == experiment::Device::Auto && cuda::gpuListed()) {
        m_run.note("warning", "gpu_unused", -1,
                   "This machine has a GPU, but it cannot be used, so the processor does the work: " +
                       cuda::cudaProblem().sentence() + ".");
    }
}

void Attempt::checkInputs()
{
    const InputChanges changes = compareInputs(m_state, runInputs(m_run.config).value());
    if (!changes.changed.empty() && !m_options.acceptChangedData) {
        throw Exception(changedInputsError(changes, m_run.folder.id()));
    }
    if (!changes.changed.empty()) {
        std::vector<events::InputFile> files;
        for (const InputChanges::Change& change : changes.changed) {
            files.push_back(recordOf(change.now));
            files.back().was = change.was;
        }
        m_run.record(events::DataChanged{std::move(files)});
        m_run.note("warning", "data_changed", -1,
                   "Files that the run reads changed since it began; it goes on with what is there now.",
                   {{"files", changes.changed.size()}});
    }
    if (!changes.added.empty()) {
        std::vector<events::InputFile> files;
        for (const RunInput& input : changes.added) {
            files.push_back(recordOf(input));
        }
        m_run.record(events::Inputs{std::move(files)});
    }
}

void Attempt::loadModel()
{
    const std::filesystem::path path = formats::resolveModel(m_options.home.root, m_run.config.model).value();
    const WeightType weights = m_run.config.weights;
    auto lastReport = std::chrono::steady_clock::now();
    m_run.base = model::BaseModel::load(
                     path, m_device, m_gemm,
                     [&](std::int64_t done, std::int64_t total) {
                         m_run.control.poll();
                         if (std::chrono::steady_clock::now() - lastReport > std::chrono::milliseconds(300)) {
                             lastReport = std::chrono::steady_clock::now();
                             m_run.log.append(events::Progress{-1, "loading the model", done, total, -1});
                         }
                     },
                     weights)
                     .value();
    m_run.tokenizer =
        tokenizer::Tokenizer::fromJson(m_run.base->files().tokenizerJson, m_run.base->files().tokenizerConfig).value();
    if (!m_state.baseFingerprint.empty() && m_state.baseFingerprint != m_run.base->fingerprint()) {
        throw Exception(ErrorCode::Mismatch, "this is not the model that the run began with",
                        "put the first model back, or start a new run with this one", path.string());
    }
    m_run.baseHash = m_run.base->weightsHash();
    m_run.speed.emplace(m_run.base->config().shape);
}

void Attempt::loadData()
{
    const auto chat = chat::ChatForm::fromConfig(m_run.base->files().tokenizerConfig);
    const auto load = [&](const std::vector<experiment::DataSource>& sources) {
        experiment::DataConfig config = m_run.config.data;
        config.sources = sources;
        return std::make_shared<const training::TrainingData>(
            training::loadTrainingData(config, *m_run.tokenizer, chat, m_run.base->config().bosId, eosIdOf(*m_run.base)).value());
    };
    std::shared_ptr<const training::TrainingData> common;
    training::TrainingData all; // counts only
    std::int64_t beyond = 0;
    for (const experiment::StageConfig& stage : m_run.config.stages) {
        const bool isOwn = !stage.sources.empty();
        if (stage.kind == StageKind::Mask || (!isOwn && common)) {
            m_run.stageData.push_back(common); // a mask looks at no rows
            continue;
        }
        m_run.stageData.push_back(load(isOwn ? stage.sources : m_run.config.data.sources));
        const training::TrainingData& loaded = *m_run.stageData.back();
        all.truncatedRows += loaded.truncatedRows;
        all.cutPrompts += loaded.cutPrompts;
        all.cutAnswers += loaded.cutAnswers;
        all.rewrittenAnswers += loaded.rewrittenAnswers;
        all.readNotes.insert(all.readNotes.end(), loaded.readNotes.begin(), loaded.readNotes.end());
        beyond += checkRows(loaded, *m_run.tokenizer, *m_run.base);
        common = isOwn ? common : m_run.stageData.back();
    }
    noteCuts(all);
    noteBeyondContext(beyond);
}

void Attempt::noteCuts(const training::TrainingData& data)
{
    const std::string limit = std::to_string(m_run.config.data.maxTokens) + " tokens";
    if (data.truncatedRows > 0) {
        m_run.note("info", "truncated_rows", -1,
                   std::to_string(data.truncatedRows) + " rows are longer than " + limit + " and were shortened: in " +
                       std::to_string(data.cutPrompts) + " the prompt, in " + std::to_string(data.cutAnswers) + " the answer.",
                   {{"rows", data.truncatedRows}, {"prompts", data.cutPrompts}, {"answers", data.cutAnswers}});
    }
    std::string read;
    for (const std::string& note : data.readNotes) {
        read.append(read.empty() ? "" : "; ").append(note);
    }
    if (!read.empty()) {
        m_run.note("info", "data_read", -1, "How the data was read: " + read + ".", {{"notes", data.readNotes}});
    }
    if (data.rewrittenAnswers > 0) {
        m_run.note("info", "rewritten_answers", -1,
                   "The chat template changes " + std::to_string(data.rewrittenAnswers) +
                       " earlier answers (it leaves thoughts out, for example); they are read, but not learned.",
                   {{"answers", data.rewrittenAnswers}});
    }
}

void Attempt::noteBeyondContext(std::int64_t rows)
{
    if (rows > 0) {
        m_run.note("info", "rows_beyond_context", -1,
                   std::to_string(rows) + " rows are longer than the model's context of " +
                       std::to_string(m_run.base->config().contextLength) + " tokens; it has not learnt such positions.",
                   {{"rows", rows}});
    }
}

void Attempt::plan()
{
    events::Plan plan;
    plan.baseFingerprint = m_run.base->fingerprint();
    const auto count = [&](StageKind kind) {
        const experiment::MaskConfig mask = experiment::maskOf(m_run.config, m_run.config.stages.size());
        return experiment::trainable(kind, m_run.config.adapter, mask, m_run.base->config().shape).parameters;
    };
    for (std::size_t i = 0; i < m_run.config.stages.size(); ++i) {
        const experiment::StageConfig& stage = m_run.config.stages[i];
        const bool trains = stage.kind != StageKind::Mask;
        const auto index = static_cast<std::int64_t>(i);
        const std::string kind(experiment::stageKindName(stage.kind));
        plan.stages.push_back({index, stageName(stage), kind, trains ? stepsOf(index) : 0});
        if (trains) {
            const auto& data = m_run.dataOf(index);
            plan.rows = std::max(plan.rows, static_cast<std::int64_t>(data.train.size()));
            plan.heldOutRows = std::max(plan.heldOutRows, data.heldOutTotal);
            plan.truncatedRows += data.truncatedRows;
            plan.cutPrompts += data.cutPrompts;
            plan.cutAnswers += data.cutAnswers;
            plan.trainable[kind] = count(stage.kind);
        }
    }
    m_run.record(std::move(plan));
}

void Attempt::prepare()
{
    if (m_state.finishedStages.count(-1) > 0) {
        return;
    }
    const auto begin = std::chrono::steady_clock::now();
    updateRemaining(-1);
    if (m_run.config.evaluation.beforeTraining) {
        scoreAndRecord(m_run, model::Decoder(m_run.base, nullptr), -1, 0, ScoreKind::Full);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    m_run.record(events::StageFinished{-1, seconds.count() - m_control.pausedSeconds()});
}

std::int64_t Attempt::stepsOf(std::int64_t stage) const
{
    const experiment::StageConfig config = stageWithChanges(m_run, stage);
    return experiment::lengthsOf(config.changes, planOf(m_run, stage, config).planned).last;
}

void Attempt::updateRemaining(std::int64_t stage)
{
    double tokens = 0;
    double prompts =
        stage < 0 && m_run.config.evaluation.beforeTraining ? static_cast<double>(promptCount(m_run.config, ScoreKind::Full)) : 0;
    const experiment::EvaluationConfig& evaluation = m_run.config.evaluation;
    for (std::int64_t i = std::max<std::int64_t>(0, stage); i < static_cast<std::int64_t>(m_run.config.stages.size()); ++i) {
        const experiment::StageConfig& stageConfig = m_run.config.stages[static_cast<std::size_t>(i)];
        if (stageConfig.kind == StageKind::Mask) {
            continue;
        }
        const experiment::StageConfig changed = stageWithChanges(m_run, i);
        const training::StagePlan plan = planOf(m_run, i, changed);
        const std::int64_t steps = experiment::lengthsOf(changed.changes, plan.planned).last;
        tokens += tokensOf(m_run, i, plan.batches, 0, steps);
        const bool isScored = stageConfig.evaluate || i + 1 == static_cast<std::int64_t>(m_run.config.stages.size());
        prompts += isScored ? static_cast<double>(promptCount(m_run.config, ScoreKind::Full)) : 0;
        prompts += static_cast<double>(checksLeft(evaluation.everySteps, 0, steps) * promptCount(m_run.config, ScoreKind::Check));
    }
    m_run.eta.setRemainingTokens(tokens);
    m_run.eta.setRemainingPrompts(prompts);
}

} // namespace lori::runs
