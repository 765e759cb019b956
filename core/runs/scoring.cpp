// SPDX-License-Identifier: Apache-2.0
#include "core/runs/scoring.h"

#include "core/evaluation/evaluator.h"
#include "core/evaluation/task_options.h"
#include "core/support/files.h"

#include <algorithm>
#include <chrono>

namespace lori::runs {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::int64_t limitOf(const experiment::EvaluationConfig& config, const experiment::EvaluationTask& task, ScoreKind kind)
{
    if (kind == ScoreKind::Full) {
        return task.limit;
    }
    return task.limit > 0 ? std::min(task.limit, config.everyLimit) : config.everyLimit;
}

/// The prompts of the training data, so that what is measured is what was learned: those of a source of this very task, else of
/// the first source.
experiment::PromptTemplate templateOf(const experiment::RunConfig& config, const std::string& task)
{
    std::vector<experiment::DataSource> sources = config.data.sources;
    for (const experiment::StageConfig& stage : config.stages) {
        sources.insert(sources.end(), stage.sources.begin(), stage.sources.end());
    }
    for (const experiment::DataSource& source : sources) {
        if (source.task == task) {
            return source.promptTemplate;
        }
    }
    return sources.empty() ? experiment::PromptTemplate::Chat : sources.front().promptTemplate;
}

/// Progress events at most twice a second, with the time left; commands are obeyed between tokens, a pause too.
class ProgressReporter final {
public:
    ProgressReporter(RunContext& run, std::int64_t stage, std::int64_t step, std::string what,
                     const std::function<void()>& beforePause)
        : m_run(run), m_stage(stage), m_step(step), m_what(std::move(what)), m_beforePause(beforePause)
    {
    }

    bool operator()(std::int64_t done, std::int64_t total)
    {
        const double pausedBefore = m_run.control.pausedSeconds();
        m_run.control.waitWhilePaused(
            m_stage, m_step, m_beforePause ? m_beforePause : [] {});
        if (m_run.control.pausedSeconds() > pausedBefore) {
            m_run.log.setState("evaluating", m_stage, m_step);
        }
        if (m_calls++ == 0 || secondsSince(m_last) >= 0.5) {
            m_last = Clock::now();
            const double elapsed = workSeconds();
            const double left = done > 0 ? elapsed * static_cast<double>(total - done) / static_cast<double>(done) : -1.0;
            m_run.log.append("progress",
                             {{"stage", m_stage}, {"what", m_what}, {"done", done}, {"total", total}, {"etaSeconds", left}});
        }
        return true;
    }

    /// Since it was made, pauses left out.
    [[nodiscard]] double workSeconds() const { return secondsSince(m_begin) - (m_run.control.pausedSeconds() - m_pausedAtBegin); }

private:
    RunContext& m_run;
    std::int64_t m_stage;
    std::int64_t m_step;
    std::string m_what;
    const std::function<void()>& m_beforePause;
    double m_pausedAtBegin = m_run.control.pausedSeconds();
    Clock::time_point m_begin = Clock::now();
    Clock::time_point m_last = m_begin;
    std::int64_t m_calls = 0;
};

std::string itemsFileName(std::int64_t stage, std::int64_t step, const std::string& task, const std::string& metric)
{
    return "stage-" + std::to_string(stage) + "-step-" + std::to_string(step) + "-" + task + "-" + metric + ".jsonl";
}

evaluation::EvaluateOptions optionsOf(const experiment::RunConfig& run, const experiment::EvaluationTask& task, ScoreKind kind)
{
    evaluation::EvaluateOptions options = evaluation::optionsFor(task);
    options.promptTemplate = templateOf(run, task.task);
    options.addBos = run.data.addBos;
    options.limit = limitOf(run.evaluation, task, kind);
    options.maxNewTokens = run.evaluation.maxNewTokens;
    options.batchRows = run.evaluation.batchRows;
    options.data = {run.data.folder};
    options.sampleSeed = run.seed;
    return options;
}

/// The first rows by themselves, which checks during training answer too: floors compare like with like.
nlohmann::json headOf(const evaluation::SideScore& side, std::int64_t rows)
{
    const auto n = std::min(rows, static_cast<std::int64_t>(side.items.size()));
    const auto hits =
        std::count_if(side.items.begin(), side.items.begin() + n, [](const evaluation::Item& i) { return i.verdict.hit; });
    return {{"hits", hits}, {"n", n}};
}

/// Path of the items relative to the run's folder; "" for scores that have none of their own.
std::string writeItems(RunContext& run, const evaluation::SideScore& side, const std::string& name)
{
    if (side.items.empty()) {
        return {};
    }
    run.control.folder().require();
    std::filesystem::create_directory(run.folder.items());
    writeFileAtomically(run.folder.items() / name, evaluation::itemLines(side.items)).value();
    return "items/" + name;
}

/// A floor on a score that nobody gives would watch nothing: said after the first scoring, before training goes on.
void requireFloorMetrics(const experiment::EvaluationConfig& config, const std::string& task,
                         const std::vector<evaluation::SideScore>& scores)
{
    for (std::size_t i = 0; i < config.floors.size(); ++i) {
        const experiment::ScoreFloor& floor = config.floors[i];
        const auto is = [&](const evaluation::SideScore& side) {
            return side.metric == floor.metric;
        };
        if (floor.task != task || floor.metric.empty() || std::any_of(scores.begin(), scores.end(), is)) {
            continue;
        }
        std::string known;
        for (const evaluation::SideScore& side : scores) {
            known.append(known.empty() ? "" : ", ").append(side.metric);
        }
        throw Exception(ErrorCode::InvalidArgument, task + " has no score '" + floor.metric + "' that this floor could watch",
                        "name one of " + known, "evaluation.floors[" + std::to_string(i) + "].metric");
    }
}

} // namespace

std::int64_t promptCount(const experiment::RunConfig& run, ScoreKind kind)
{
    std::int64_t count = 0;
    for (const experiment::EvaluationTask& task : run.evaluation.tasks) {
        count += evaluation::countPrompts(task.task, optionsOf(run, task, kind)).value();
    }
    return count;
}

void scoreAndRecord(RunContext& run, const model::Decoder& decoder, std::int64_t stage, std::int64_t step, ScoreKind kind,
                    const std::function<void()>& beforePause)
{
    const experiment::EvaluationConfig& config = run.config.evaluation;
    for (const experiment::EvaluationTask& task : config.tasks) {
        run.log.setState("evaluating", stage, step);
        evaluation::EvaluateOptions options = optionsOf(run.config, task, kind);
        // Checks during training are to be cheap: the second scorer reads every answer twice more.
        const model::Decoder base(run.base, nullptr);
        options.secondScorer = task.secondScorer && kind == ScoreKind::Full ? &base : nullptr;
        ProgressReporter reporter(run, stage, step, "evaluating " + task.task, beforePause);
        // StopRequest must pass through unharmed, and guard() inside would turn it into an Error: so it is carried over by hand.
        std::exception_ptr stop;
        const auto scores =
            evaluation::evaluateTask(decoder, *run.tokenizer, task.task, options, [&](std::int64_t done, std::int64_t total) {
                try {
                    return reporter(done, total);
                } catch (const StopRequest&) {
                    stop = std::current_exception();
                    return false;
                }
            });
        if (stop) {
            std::rethrow_exception(stop);
        }
        std::int64_t prompts = 0;
        for (const evaluation::SideScore& side : scores.value()) {
            prompts += static_cast<std::int64_t>(side.items.size());
            const std::string items = writeItems(run, side, itemsFileName(stage, step, task.task, side.metric));
            nlohmann::json score{{"stage", stage},
                                 {"step", step},
                                 {"task", task.task},
                                 {"metric", side.metric},
                                 {"value", side.rate.value},
                                 {"low", side.rate.low},
                                 {"high", side.rate.high},
                                 {"hits", side.rate.hits},
                                 {"n", side.rate.n},
                                 {"higherIsBetter", side.higherIsBetter},
                                 {"final", kind == ScoreKind::Full},
                                 {"head", headOf(side, config.everyLimit)},
                                 {"items", items}};
            if (side.isSecond) {
                score["second"] = true;
            }
            run.record("score", score);
            if (kind == ScoreKind::Full && stage >= 0 && side.metric == "needless_refusal_rate" && side.rate.low > 0.3) {
                run.note("warning", "needless_refusals", stage,
                         "The model now refuses many harmless requests. Mix more helpful rows into the training data.",
                         {{"value", side.rate.value}});
            }
        }
        requireFloorMetrics(config, task.task, scores.value());
        run.eta.addEvaluation(prompts, reporter.workSeconds());
        if (task.how == experiment::EvaluationHow::Generate) {
            run.speed->addGeneration(prompts, config.maxNewTokens, config.batchRows, reporter.workSeconds());
        } else {
            run.speed->addChoices(prompts, config.batchRows, reporter.workSeconds());
        }
        run.log.setState("running", stage, step);
    }
}

} // namespace lori::runs
