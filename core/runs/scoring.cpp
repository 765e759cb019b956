// SPDX-License-Identifier: Apache-2.0
#include "core/runs/scoring.h"

#include "core/evaluation/evaluator.h"
#include "core/evaluation/task_options.h"
#include "core/experiment/config_words.h"
#include "core/runs/base_scores.h"
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
            m_run.log.append(events::Progress{m_stage, m_what, done, total, left});
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
events::ScoreHead headOf(const evaluation::SideScore& side, std::int64_t rows)
{
    const auto n = std::min(rows, static_cast<std::int64_t>(side.items.size()));
    const auto hits =
        std::count_if(side.items.begin(), side.items.begin() + n, [](const evaluation::Item& i) { return i.verdict.hit; });
    return {hits, n};
}

/// Path of the items relative to the run's folder; "" for scores that have none of their own.
std::string writeItems(RunContext& run, const std::string& items, const std::string& name)
{
    if (items.empty()) {
        return {};
    }
    run.control.folder().require();
    std::filesystem::create_directory(run.folder.items());
    writeFileAtomically(run.folder.items() / name, items).value();
    return "items/" + name;
}

/// All that decides a score of the base model: its weights, the arithmetic, the rows and how they are asked and judged.
nlohmann::json factsOf(const RunContext& run, const experiment::EvaluationTask& task)
{
    const experiment::EvaluationConfig& config = run.config.evaluation;
    nlohmann::json rows = nlohmann::json::object();
    for (const auto& [name, input] : run.state.inputs) {
        if (name.first == "evaluation") {
            rows[name.second] = input.sha256;
        }
    }
    return {{"program", LORI_VERSION},
            {"base", run.baseHash},
            {"chat", run.base->fingerprint()},
            {"weights", std::string(experiment::wordOf(run.config.weights))},
            {"device", run.state.device},
            {"threads", run.state.threads},
            {"gemm", run.state.gemmBackend},
            {"task", task.task},
            {"limit", task.limit},
            {"how", std::string(experiment::wordOf(task.how))},
            {"scoring", std::string(experiment::wordOf(task.scoring))},
            {"samples", task.samples},
            {"second", task.secondScorer},
            {"template", std::string(experiment::wordOf(templateOf(run.config, task.task)))},
            {"addBos", run.config.data.addBos},
            {"maxNewTokens", config.maxNewTokens},
            {"batchRows", config.batchRows},
            {"head", config.everyLimit},
            {"seed", task.samples > 1 ? run.config.seed : 0},
            {"rows", rows}};
}

/// A floor on a score that nobody gives would watch nothing: said after the first scoring, before training goes on.
void requireFloorMetrics(const experiment::EvaluationConfig& config, const std::string& task,
                         const std::vector<std::string>& metrics)
{
    for (std::size_t i = 0; i < config.floors.size(); ++i) {
        const experiment::ScoreFloor& floor = config.floors[i];
        if (floor.task != task || floor.metric.empty() ||
            std::find(metrics.begin(), metrics.end(), floor.metric) != metrics.end()) {
            continue;
        }
        std::string known;
        for (const std::string& metric : metrics) {
            known.append(known.empty() ? "" : ", ").append(metric);
        }
        throw Exception(ErrorCode::InvalidArgument, task + " has no score '" + floor.metric + "' that this floor could watch",
                        "name one of " + known, "evaluation.floors[" + std::to_string(i) + "].metric");
    }
}

/// Takes scores that an earlier run measured for this very base; false when there are none.
bool recordKept(RunContext& run, const experiment::EvaluationTask& task)
{
    const auto kept = BaseScores(run.home).find(BaseScores::keyOf(factsOf(run, task)));
    if (!kept) {
        return false;
    }
    std::vector<std::string> metrics;
    for (const KeptScore& each : *kept) {
        metrics.push_back(each.score.metric);
        events::Score score = each.score;
        score.items = writeItems(run, each.items, itemsFileName(-1, 0, score.task, score.metric));
        run.record(std::move(score));
    }
    requireFloorMetrics(run.config.evaluation, task.task, metrics);
    return true;
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
        if (stage < 0 && recordKept(run, task)) {
            continue;
        }
        run.log.setState("evaluating", stage, step);
        evaluation::EvaluateOptions options = optionsOf(run.config, task, kind);
        // Checks during training are to be cheap: the second scorer reads every answer twice more.
        const model::Decoder base(run.base, nullptr);
        options.secondScorer = task.secondScorer && kind == ScoreKind::Full ? &base : nullptr;
        ProgressReporter reporter(run, stage, step, "evaluating " + task.task, beforePause);
        // jobs::StopRequest must pass through unharmed, and guard() inside would turn it into an Error: so it is carried over by
        // hand.
        std::exception_ptr stop;
        const auto scores =
            evaluation::evaluateTask(decoder, *run.tokenizer, task.task, options, [&](std::int64_t done, std::int64_t total) {
                try {
                    return reporter(done, total);
                } catch (const jobs::StopRequest&) {
                    stop = std::current_exception();
                    return false;
                }
            });
        if (stop) {
            std::rethrow_exception(stop);
        }
        std::int64_t prompts = 0;
        std::vector<KeptScore> kept;
        for (const evaluation::SideScore& side : scores.value()) {
            prompts += static_cast<std::int64_t>(side.items.size());
            const std::string lines = side.items.empty() ? "" : evaluation::itemLines(side.items);
            const std::string items = writeItems(run, lines, itemsFileName(stage, step, task.task, side.metric));
            const events::Score score{.stage = stage,
                                      .step = step,
                                      .task = task.task,
                                      .metric = side.metric,
                                      .value = side.rate.value,
                                      .low = side.rate.low,
                                      .high = side.rate.high,
                                      .hits = side.rate.hits,
                                      .n = side.rate.n,
                                      .higherIsBetter = side.higherIsBetter,
                                      .final = kind == ScoreKind::Full,
                                      .head = headOf(side, config.everyLimit),
                                      .items = items,
                                      .second = side.isSecond ? std::optional(true) : std::nullopt};
            run.record(score);
            kept.push_back({score, lines});
            if (kind == ScoreKind::Full && stage >= 0 && side.metric == "needless_refusal_rate" && side.rate.low > 0.3) {
                run.note("warning", "needless_refusals", stage,
                         "The model now refuses many harmless requests. Mix more helpful rows into the training data.",
                         {{"value", side.rate.value}});
            }
        }
        std::vector<std::string> metrics;
        std::transform(kept.begin(), kept.end(), std::back_inserter(metrics), [](const KeptScore& k) { return k.score.metric; });
        requireFloorMetrics(config, task.task, metrics);
        if (stage < 0) {
            BaseScores(run.home).keep(BaseScores::keyOf(factsOf(run, task)), factsOf(run, task), kept);
        }
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
