// SPDX-License-Identifier: Apache-2.0
#include "core/runs/stages.h"

#include "core/analysis/mask_analysis.h"
#include "core/experiment/config_words.h"
#include "core/runs/scoring.h"
#include "core/runs/stage_changes.h"
#include "core/runs/stage_inputs.h"
#include "core/support/sha256.h"
#include "core/training/checkpoint.h"

#include <chrono>
#include <cmath>

namespace lori::runs {

void runMaskStage(RunContext& run, std::int64_t stage)
{
    const auto begin = std::chrono::steady_clock::now();
    const experiment::StageConfig& config = run.config.stages[static_cast<std::size_t>(stage)];
    run.record(events::StageStarted{.stage = stage, .name = stageName(config), .kind = "mask"});
    const formats::AdapterFiles adapter =
        formats::openAdapter(sourceAdapter(run.folder, run.config, stage).value(), &run.base->config().shape).value();
    const analysis::FreeMask found =
        analysis::extractFreeMask(adapter, config.mask, masksToAvoid(run.folder, run.config, stage)).value();
    const formats::Mask& mask = found.mask;
    run.control.folder().require();
    std::filesystem::create_directory(run.folder.masks());
    formats::writeMask(maskFile(run.folder, stage), mask).value();
    run.record(events::Mask{.stage = stage,
                            .file = "masks/" + maskFile(run.folder, stage).filename().string(),
                            .sparsity = mask.sparsity,
                            .scope = mask.scope,
                            .rule = mask.rule,
                            .kept = mask.kept(),
                            .total = mask.total(),
                            .threshold = std::isfinite(mask.threshold) ? std::optional<double>(mask.threshold) : std::nullopt,
                            .avoided = found.used > 0 ? std::optional<std::int64_t>(found.used) : std::nullopt});
    if (const std::string warning = found.warning(); !warning.empty()) {
        run.note("warning", "mask_short", stage, warning, {{"kept", mask.kept()}, {"missing", found.missing}});
    }
    if (mask.kept() == 0) {
        throw Exception(ErrorCode::InvalidArgument, "the mask keeps no entry", "use a lower sparsity",
                        "stages[" + std::to_string(stage) + "].mask.sparsity");
    }
    const double wanted = (1 - mask.sparsity) * static_cast<double>(mask.total());
    if (static_cast<double>(mask.kept()) > 1.01 * wanted + 1) {
        run.note("warning", "mask_ties", stage,
                 "Many entries of B have the same size, so the mask keeps more than asked for. Train LoRI-D longer, or use the "
                 "exact rule.",
                 {{"kept", mask.kept()}});
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    run.record(events::StageFinished{stage, seconds.count()});
}

TrainingStage::TrainingStage(RunContext& run, std::int64_t stage)
    : m_run(run),
      m_stage(stage),
      m_config(stageWithChanges(run, stage)),
      m_method(makeMethod(run.base, run.folder, run.config, stage)),
      m_floors(run.config.evaluation.floors),
      m_moments(run, stage)
{
    m_trainer = std::make_unique<training::Trainer>(*m_method, run.config, m_config, run.dataOf(stage).train,
                                                    planOf(run, stage, m_config));
    m_projectionHash = m_method->frozenCheck().projectionHash;
}

void TrainingStage::run()
{
    const auto begin = std::chrono::steady_clock::now();
    const double pausedBefore = m_run.control.pausedSeconds();
    if (const auto checkpoint = training::newestCheckpoint(m_run.folder.checkpoints());
        checkpoint && checkpoint->position.stage == m_stage && checkpoint->position.configHash == m_run.configHash) {
        training::restoreCheckpoint(checkpoint->file, *m_method, m_trainer->optimizer()).value();
        m_lastCheckpointStep = m_trainer->stepsDone();
        m_lastCheckpoint = checkpoint->file;
    }
    m_floors.remember(m_run.state, m_stage, m_trainer->stepsDone());
    m_run.record(events::StageStarted{m_stage, stageName(m_config), std::string(experiment::stageKindName(m_config.kind)),
                                      m_trainer->steps(), m_trainer->stepsDone(), m_method->trainableCount()});
    m_run.log.setState("running", m_stage, m_trainer->stepsDone());
    if (!m_run.control.takeChanges().empty()) {
        m_run.note("warning", "change_unused", m_stage,
                   "A change was asked for while no training stage was at work, so nothing was changed.");
    }
    try {
        train();
        finish();
    } catch (const jobs::StopRequest& stop) {
        if (stop.kind != jobs::StopRequest::Kind::Discard) {
            writeCheckpoint();
            saveAdapter();
        }
        throw;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    m_run.record(events::StageFinished{m_stage, seconds.count() - (m_run.control.pausedSeconds() - pausedBefore)});
}

void TrainingStage::train()
{
    const experiment::EvaluationConfig& evaluation = m_run.config.evaluation;
    const auto due = [](std::int64_t step, std::int64_t every) {
        return every > 0 && step % every == 0;
    };
    while (m_trainer->stepsDone() < m_trainer->steps()) {
        m_run.control.waitWhilePaused(m_stage, m_trainer->stepsDone(), [this] { writeCheckpoint(); });
        takeChanges();
        const std::int64_t total = m_trainer->steps();
        if (m_trainer->stepsDone() >= total) {
            writeCheckpoint();
            break; // somebody ended the stage here
        }
        const training::StepResult result = m_trainer->step();
        recordStep(result);
        const std::int64_t done = m_trainer->stepsDone();
        if (done < total && due(done, evaluation.heldOutEverySteps)) {
            measureHeldOut();
        }
        m_moments.look(*m_method, done, total);
        const bool asked = m_run.control.takeEvaluationRequest();
        if (done < total && (asked || due(done, evaluateEvery()))) {
            m_method->prepareInference();
            scoreAndRecord(m_run, model::Decoder(m_method->model(), m_method.get()), m_stage, done, ScoreKind::Check,
                           [this] { writeCheckpoint(); });
            if (isScored()) {
                watchFloors(true);
            }
        }
        if (due(done, m_run.config.checkpoint.everySteps) || done == total || m_run.control.takeCheckpointRequest()) {
            writeCheckpoint();
        }
    }
}

std::int64_t TrainingStage::evaluateEvery() const
{
    return static_cast<std::int64_t>(experiment::valueAfter(m_config.changes, experiment::Setting::EvaluateEvery,
                                                            static_cast<double>(m_run.config.evaluation.everySteps),
                                                            m_trainer->stepsDone()));
}

void TrainingStage::takeChanges()
{
    for (experiment::StageChange change : m_run.control.takeChanges()) {
        const std::int64_t done = m_trainer->stepsDone();
        const std::int64_t stepsBefore = m_trainer->steps();
        const std::int64_t checksBefore = checksLeft(evaluateEvery(), done, stepsBefore);
        change.step = done;
        if (change.what == experiment::Setting::Steps) {
            change.value = static_cast<double>(std::max(done, static_cast<std::int64_t>(change.value)));
        }
        m_run.record(events::Changed{m_stage, done, std::string(wordOf(change.what)), change.value});
        experiment::addChange(m_config.changes, change);
        training::StagePlan plan = planOf(m_run, m_stage, m_config);
        const std::int64_t stepsNow = experiment::lengthsOf(m_config.changes, plan.planned).last;
        const auto [from, to] = std::minmax(stepsBefore, stepsNow);
        const double tokens = tokensOf(m_run, m_stage, plan.batches, from, to);
        m_run.eta.addRemainingTokens(stepsNow < stepsBefore ? -tokens : tokens);
        m_trainer->follow(m_config, std::move(plan));
        const std::int64_t checks = checksLeft(evaluateEvery(), done, stepsNow) - checksBefore;
        m_run.eta.addRemainingPrompts(static_cast<double>(checks * promptCount(m_run.config, ScoreKind::Check)));
    }
}

void TrainingStage::finish()
{
    measureHeldOut();
    saveAdapter();
    const adapters::FrozenCheck check = m_method->frozenCheck();
    const std::string baseHash = m_run.base->weightsHash();
    const events::Seal seal{m_stage,
                            check.projectionHash == m_projectionHash,
                            baseHash == m_run.baseHash,
                            check.nonZeroOutsideMask == 0,
                            check.projectionHash,
                            baseHash};
    m_run.record(seal);
    if (!seal.holds()) {
        m_run.note("alarm", "not_frozen", m_stage, "Something that must stay frozen has changed. Do not use this adapter.");
    }
    if (isScored()) {
        m_method->prepareInference();
        scoreAndRecord(m_run, model::Decoder(m_method->model(), m_method.get()), m_stage, m_trainer->stepsDone(), ScoreKind::Full,
                       [this] { writeCheckpoint(); });
        watchFloors(false);
        // Here and not before the next stage: a run that is stopped in this pause can still go back in this one.
        m_run.control.waitWhilePaused(m_stage, m_trainer->stepsDone(), [this] { writeCheckpoint(); });
    }
}

bool TrainingStage::isScored() const
{
    return (m_run.config.evaluation.afterEachStage && m_config.evaluate) ||
           m_stage + 1 == static_cast<std::int64_t>(m_run.config.stages.size());
}

void TrainingStage::saveAdapter()
{
    const std::filesystem::path folder = m_run.folder.adapterFolder(m_stage, m_config.kind);
    m_run.control.folder().require();
    std::filesystem::create_directory(folder.parent_path());
    formats::AdapterRecord record;
    record.parentRun = m_run.folder.id();
    record.program = std::string("lori ") + LORI_VERSION;
    m_method->save(folder, m_run.config.model, record).value();
    const std::filesystem::path file = folder / formats::adapterFileName(experiment::traitsOf(m_config.kind).writes.value());
    m_run.record(events::Adapter{m_stage, "adapter/" + folder.filename().string(), m_method->name(), m_method->trainableCount(),
                                 m_trainer->stepsDone(), static_cast<std::int64_t>(std::filesystem::file_size(file)),
                                 sha256OfFile(file).value()});
}

void TrainingStage::writeCheckpoint()
{
    const std::int64_t step = m_trainer->stepsDone();
    if (step == m_lastCheckpointStep || step == 0) {
        return;
    }
    const training::CheckpointPosition position{m_stage, step, model::gemmBackendName(m_run.base->matmul().backend()),
                                                m_run.state.threads, m_run.configHash};
    const std::filesystem::path file =
        training::writeCheckpoint(m_run.folder.checkpoints(), position, *m_method, m_trainer->optimizer()).value();
    training::pruneCheckpoints(m_run.folder.checkpoints(), m_run.config.checkpoint.keep);
    m_lastCheckpointStep = step;
    m_lastCheckpoint = file;
    m_run.record(events::Checkpoint{m_stage, step, "checkpoints/" + file.filename().string(),
                                    static_cast<std::int64_t>(std::filesystem::file_size(file))});
}

void TrainingStage::recordStep(const training::StepResult& result)
{
    const std::int64_t done = m_trainer->stepsDone();
    m_run.eta.addStep(result.tokens, result.seconds);
    m_run.speed->addStep(result.tokens, result.scoredTokens, result.seconds);
    m_run.log.setState("running", m_stage, done);
    m_run.record(events::Step{m_stage, done, result.loss, result.tokens, result.rows, result.gradNorm, result.learningRate,
                              static_cast<double>(result.tokens) / result.seconds, m_run.eta.seconds(), result.lossPerToken});
    watchHealth(result);
}

void TrainingStage::measureHeldOut()
{
    if (m_run.dataOf(m_stage).heldOut.empty()) {
        return;
    }
    const auto [loss, lossPerToken] = m_trainer->evaluateLoss(m_run.dataOf(m_stage).heldOut);
    const std::int64_t done = m_trainer->stepsDone();
    m_run.record(
        events::HeldOut{m_stage, done, loss, static_cast<std::int64_t>(m_run.dataOf(m_stage).heldOut.size()), lossPerToken});
    if (m_bestHeldOut == 0 || loss < m_bestHeldOut) {
        m_bestHeldOut = loss;
        m_heldOutRises = 0;
    } else if (loss > 1.02 * m_bestHeldOut && ++m_heldOutRises == 3) {
        m_run.note("warning", "held_out_rising", m_stage,
                   "The loss on held-out rows has risen for three checks while training goes on: likely over-fitting. Fewer "
                   "steps may be better.",
                   {{"step", done}, {"loss", loss}, {"best", m_bestHeldOut}});
    }
}

void TrainingStage::watchFloors(bool isCheck)
{
    if (!m_floors.any()) {
        return;
    }
    for (const FloorFall& fall : m_floors.look(m_run.state, m_stage, isCheck)) {
        const auto good = training::goodCheckpoint(m_run.folder.checkpoints(), m_stage);
        m_run.note(
            "warning", "floor_" + fall.task + "_" + std::to_string(m_trainer->stepsDone()), m_stage,
            "The score of " + fall.task + " fell by more than its floor allows, so the run pauses. " +
                (good ? "The last good checkpoint is kept: after a stop, lori run --resume with --rewind goes back to it, "
                        "and without --rewind goes on in spite of the fall."
                      : "No check of this stage came before the fall, so there is no checkpoint to go back to: continue, or "
                        "stop and start again with fewer steps or a lower learning rate."),
            {{"task", fall.task},
             {"metric", fall.metric},
             {"best", fall.best},
             {"now", fall.now},
             {"points", fall.points},
             {"step", m_trainer->stepsDone()},
             {"good", good ? "checkpoints/" + good->file.filename().string() : ""},
             {"goodStep", good ? good->position.step : 0}});
        m_run.control.pause();
    }
    if (m_floors.allHold() && isCheck) {
        writeCheckpoint();
        static_cast<void>(training::keepGoodCheckpoint(m_lastCheckpoint, m_stage).value());
    }
}

void TrainingStage::watchHealth(const training::StepResult& result)
{
    if (result.loss == 0) {
        m_run.note("warning", "loss_zero", m_stage, "The loss is exactly 0: the rows have no response tokens to learn.");
    }
    if (result.gradNorm == 0) {
        m_run.note("warning", "gradient_zero", m_stage, "The gradient is exactly 0: nothing is being learned.");
    }
}

} // namespace lori::runs
