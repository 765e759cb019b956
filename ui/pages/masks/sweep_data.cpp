// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/sweep_data.h"

#include "core/tasks/task.h"
#include "database/history.h"
#include "database/run_repository.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;
using experiment::RunConfig;
using experiment::StageConfig;
using experiment::StageKind;

constexpr std::int64_t kMostRuns = 1000; ///< newest ones that are looked at
constexpr double kSame = 1e-9;

struct ReadRun {
    database::RunSummary summary;
    RunConfig config;
};

/// The run whose dense adapter the first stage takes over: ".../<run>/adapter/0-lori-d" names it; "" for none.
std::string parentOf(const RunConfig& config)
{
    const fs::path from = config.stages.empty() ? fs::path() : fs::path(config.stages.front().fromAdapter);
    return from.filename() == "0-lori-d" ? from.parent_path().parent_path().filename().string() : std::string();
}

std::size_t countOf(const std::vector<StageConfig>& stages, StageKind kind)
{
    return static_cast<std::size_t>(
        std::count_if(stages.begin(), stages.end(), [kind](const StageConfig& stage) { return stage.kind == kind; }));
}

/// The sparsity of all its masks; none without a mask, or when they differ.
std::optional<double> sparsityOf(const RunConfig& config)
{
    std::optional<double> sparsity;
    for (const StageConfig& stage : config.stages) {
        if (stage.kind != StageKind::Mask) {
            continue;
        }
        if (sparsity && *sparsity != stage.mask.sparsity) {
            return std::nullopt;
        }
        sparsity = stage.mask.sparsity;
    }
    return sparsity;
}

/// Scores after the last mask: those before it are the dense adapter's.
SweepRun runOf(const ReadRun& read, double sparsity)
{
    std::int64_t mask = -1;
    for (std::size_t i = 0; i < read.config.stages.size(); ++i) {
        mask = read.config.stages[i].kind == StageKind::Mask ? static_cast<std::int64_t>(i) : mask;
    }
    SweepRun run{read.summary.id,
                 read.summary.name,
                 read.summary.createdMs,
                 sparsity,
                 read.config.stages[static_cast<std::size_t>(mask)].mask.scope,
                 {}};
    for (const database::ScoreSummary& score : read.summary.scores) {
        if (score.last && score.last->stage > mask) {
            run.scores[{score.task, score.metric}] = *score.last;
        }
    }
    return run;
}

/// The common beginning of the runs' names, without what leads to the part that differs; the newest run's name if none is left.
std::string titleOf(const std::vector<SweepRun>& runs)
{
    std::string title = runs.front().name;
    if (std::all_of(runs.begin(), runs.end(), [&](const SweepRun& run) { return run.name == title; })) {
        return title;
    }
    for (const SweepRun& run : runs) {
        const auto end = std::mismatch(title.begin(), title.end(), run.name.begin(), run.name.end()).first;
        title.erase(end, title.end());
    }
    for (const std::string_view ending : {"sparsity", "S"}) { // "Capitals: sparsity 0.", "maths-S"
        const std::size_t last = title.find_last_not_of("0123456789.%, :-_");
        title.resize(last == std::string::npos ? 0 : last + 1);
        if (title.ends_with(ending) && title.size() > ending.size() &&
            !std::isalpha(static_cast<unsigned char>(title[title.size() - ending.size() - 1]))) {
            title.resize(title.size() - ending.size());
        }
    }
    const std::size_t last = title.find_last_not_of(" ,:-_");
    title.resize(last == std::string::npos ? 0 : last + 1);
    return title.empty() ? runs.front().name : title;
}

/// Only the scores that make a curve stay.
void addScores(Sweep& sweep, const std::vector<const ReadRun*>& reads)
{
    std::map<ScoreKey, std::set<double>> sparsities;
    for (const SweepRun& run : sweep.runs) {
        for (const auto& [key, score] : run.scores) {
            sparsities[key].insert(run.sparsity);
        }
    }
    for (const ReadRun* read : reads) { // newest first
        for (const database::ScoreSummary& score : read->summary.scores) {
            const ScoreKey key{score.task, score.metric};
            if (sparsities[key].size() < 2) {
                continue;
            }
            sweep.higherIsBetter.emplace(key, score.higherIsBetter);
            if (score.before) {
                sweep.baseModel.emplace(key, *score.before);
            }
        }
    }
}

std::vector<Sweep> sweepsOf(const std::vector<ReadRun>& runs)
{
    std::map<std::string, const RunConfig*> byId;
    for (const ReadRun& run : runs) {
        byId[run.summary.id] = &run.config;
    }
    std::vector<std::string> order; // of keys, newest run first
    std::map<std::string, std::vector<const ReadRun*>> groups;
    for (const ReadRun& run : runs) {
        if (run.summary.state != jobs::JobState::Finished || !sparsityOf(run.config)) {
            continue;
        }
        const auto parent = byId.find(parentOf(run.config));
        const std::string key = sweepKey(run.config, parent == byId.end() ? nullptr : parent->second);
        auto& group = groups[key];
        if (group.empty()) {
            order.push_back(key);
        }
        group.push_back(&run);
    }
    std::vector<Sweep> sweeps;
    for (const std::string& key : order) {
        Sweep sweep;
        for (const ReadRun* read : groups[key]) {
            sweep.runs.push_back(runOf(*read, *sparsityOf(read->config)));
        }
        std::stable_sort(sweep.runs.begin(), sweep.runs.end(),
                         [](const SweepRun& a, const SweepRun& b) { return a.sparsity < b.sparsity; });
        if (sweep.runs.front().sparsity < sweep.runs.back().sparsity) {
            sweep.title = titleOf(sweep.runs);
            addScores(sweep, groups[key]);
            sweeps.push_back(std::move(sweep));
        }
    }
    return sweeps;
}

} // namespace

std::vector<SweepPoint> Sweep::points(const ScoreKey& key) const
{
    std::vector<SweepPoint> points;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i].scores.contains(key)) {
            continue;
        }
        if (points.empty() || points.back().score.sparsity != runs[i].sparsity) {
            points.push_back({{runs[i].sparsity, 0, 0, 0}, {}});
        }
        points.back().runs.push_back(i);
    }
    for (SweepPoint& point : points) {
        std::int64_t hits = 0;
        std::int64_t rows = 0;
        bool shares = true;
        for (const std::size_t run : point.runs) {
            const database::Score& score = runs[run].scores.at(key);
            const auto count = static_cast<double>(point.runs.size());
            point.score.value += score.value / count;
            point.score.low += score.low / count;
            point.score.high += score.high / count;
            hits += score.hits;
            rows += score.rows;
            shares = shares && score.rows > 0 &&
                     std::abs(static_cast<double>(score.hits) / static_cast<double>(score.rows) - score.value) < kSame;
        }
        if (point.runs.size() > 1 && shares && hits <= rows) {
            const tasks::Rate rate = tasks::wilson(hits, rows);
            point.score = {point.score.sparsity, rate.value, rate.low, rate.high};
        }
    }
    return points;
}

std::string sweepKey(RunConfig config, const RunConfig* parent)
{
    if (const std::string from = config.stages.empty() ? "" : config.stages.front().fromAdapter;
        !from.empty() && parent != nullptr && !parent->stages.empty() && parent->stages.front().kind == StageKind::LoriD) {
        for (StageConfig& stage : config.stages) {
            stage.fromAdapter = stage.fromAdapter == from ? std::string() : stage.fromAdapter;
        }
        config.stages.insert(config.stages.begin(), parent->stages.front());
    }
    // With one of each, −1 (the newest one before) and the stage's own number say the same.
    const bool oneOfEach = countOf(config.stages, StageKind::LoriD) == 1 && countOf(config.stages, StageKind::Mask) == 1;
    for (StageConfig& stage : config.stages) {
        stage.mask.sparsity = 0;
        stage.fromStage = oneOfEach ? -1 : stage.fromStage;
        stage.maskStage = oneOfEach ? -1 : stage.maskStage;
    }
    config.name.clear();
    config.purpose.clear();
    config.preset.clear();
    config.parentRun.clear();
    config.seed = 0;
    config.adapter.projectionSeed = 0;
    config.threads = 0;
    config.checkpoint = {};
    return toJson(config).dump();
}

Result<std::vector<Sweep>> findSweeps(const fs::path& historyFile, const std::atomic_bool& cancelled)
{
    return guard([&] {
        const auto history = database::History::open(historyFile, database::History::Access::ReadOnly).value();
        const database::RunRepository repository(history);
        database::RunQuery query;
        query.limit = kMostRuns;
        std::vector<ReadRun> runs;
        std::vector<database::RunSummary> summaries = repository.list(query).value();
        for (database::RunSummary& summary : summaries) {
            if (cancelled) {
                throw Exception(ErrorCode::Stopped, "reading was cancelled");
            }
            const auto detail = repository.find(summary.id);
            const auto parsed = nlohmann::json::parse(detail ? detail->configJson : std::string(), nullptr, false);
            auto config = experiment::runConfigFromJson(parsed);
            if (detail && config) { // a run that cannot be read belongs to no sweep
                runs.push_back({std::move(summary), std::move(*config)});
            }
        }
        return sweepsOf(runs);
    });
}

} // namespace lori::ui
