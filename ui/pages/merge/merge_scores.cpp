// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_scores.h"

#include "core/formats/model_files.h"
#include "core/jobs/run_folder.h"

#include <algorithm>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;

std::string modelOf(const Home& home, const MergeScoresWanted& wanted)
{
    std::vector<std::string> names;
    for (const QString& run : wanted.runs) {
        const auto folder = jobs::RunFolder::open(home, run.toStdString());
        if (const auto config = folder ? folder->config() : Result<experiment::RunConfig>(folder.error())) {
            names.push_back(config->model);
        }
    }
    for (const std::string& name : wanted.models) { // a hub's name: "HuggingFaceTB/SmolLM2-135M-Instruct"
        names.push_back(name);
        names.push_back(QString::fromStdString(fs::path(name).filename().string()).toLower().toStdString());
    }
    const auto known = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return !name.empty() && formats::resolveModel(home.root, name).has_value();
    });
    return known == names.end() ? std::string() : *known;
}

/// Where a task has several parts, their pool stands for all of them.
bool isWorthAColumn(const ScoreKey& key, const std::map<ScoreKey, MeasuredScore>& all)
{
    return !isSecondScorer(key) && (!all.contains({key.task, "pooled_accuracy"}) || key.metric == "pooled_accuracy");
}

bool isBetter(const MergeCell& cell, const MergeCell& than)
{
    const double more = cell.measured.score.value - than.measured.score.value;
    return cell.measured.higherIsBetter ? more > 0 : more < 0;
}

/// The adapter that merges are held against in a column; none when no adapter was measured.
std::optional<std::size_t> referenceOf(const MergeScores& scores, const ScoreKey& key)
{
    std::optional<std::size_t> own;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < scores.variants.size(); ++i) {
        const auto cell = scores.cells.find({i, key});
        const MergeVariant& variant = scores.variants[i];
        if (variant.isMerge() || cell == scores.cells.end()) {
            continue;
        }
        if (!best || isBetter(cell->second, scores.cells.at({*best, key}))) {
            best = i;
        }
        const bool learned = std::find(variant.learned.begin(), variant.learned.end(), key.task) != variant.learned.end();
        if (learned && (!own || isBetter(cell->second, scores.cells.at({*own, key})))) {
            own = i;
        }
    }
    return own ? own : best;
}

void fillCells(MergeScores& scores)
{
    for (const auto& [measurement, found] : scores.found) {
        if (!found.done || measurement.limit != scores.limit) {
            continue;
        }
        for (std::size_t i = 0; i < scores.variants.size(); ++i) {
            if (scores.variants[i].folder != measurement.adapter) {
                continue;
            }
            for (const auto& [key, score] : found.scores) {
                if (isWorthAColumn(key, found.scores)) {
                    scores.columns[key] = score.higherIsBetter;
                    scores.cells[{i, key}].measured = score;
                }
            }
        }
    }
}

void fillDifferences(MergeScores& scores)
{
    for (const auto& [key, higherIsBetter] : scores.columns) {
        const auto reference = referenceOf(scores, key);
        if (!reference) {
            continue;
        }
        const MeasuredScore& single = scores.cells.at({*reference, key}).measured;
        for (std::size_t i = 0; i < scores.variants.size(); ++i) {
            const auto cell = scores.cells.find({i, key});
            if (cell != scores.cells.end() && scores.variants[i].isMerge()) {
                const MeasuredScore& merged = cell->second.measured;
                cell->second.difference =
                    differenceOf({single.score, &single.rows}, {merged.score, &merged.rows}, higherIsBetter);
                cell->second.against = *reference;
            }
        }
    }
}

} // namespace

Measurement MergeScores::measurementOf(std::size_t variant, const std::string& task) const
{
    return {model, variants.at(variant).folder, task, limit};
}

std::vector<std::pair<std::size_t, std::string>> MergeScores::missing(const std::vector<std::string>& tasks,
                                                                      const QString& mergeId) const
{
    std::vector<std::pair<std::size_t, std::string>> list;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        for (const std::string& task : tasks) {
            const auto known = found.find(measurementOf(i, task));
            if ((!variants[i].isMerge() || variants[i].mergeId == mergeId) && (known == found.end() || !known->second.done)) {
                list.emplace_back(i, task);
            }
        }
    }
    return list;
}

namespace {

/// What a run trained on; its own files have no task that could be measured.
std::vector<std::string> tasksOf(const Home& home, const QString& runId)
{
    std::vector<std::string> names;
    const auto run = jobs::RunFolder::open(home, runId.toStdString());
    const auto config = run ? run->config() : Result<experiment::RunConfig>(run.error());
    for (std::size_t i = 0; config && i < config->data.sources.size(); ++i) {
        if (const std::string& task = config->data.sources[i].task; !task.empty()) {
            names.push_back(task);
        }
    }
    return names;
}

} // namespace

MergeScores loadMergeScores(const Home& home, const MergeScoresWanted& wanted)
{
    MergeScores scores;
    scores.variants = wanted.variants;
    std::set<fs::path> folders;
    for (MergeVariant& variant : scores.variants) {
        variant.folder = variant.folder.lexically_normal();
        variant.folder = variant.folder.has_filename() ? variant.folder : variant.folder.parent_path();
        folders.insert(variant.folder);
        if (variant.learned.empty() && !variant.runId.isEmpty()) {
            variant.learned = tasksOf(home, variant.runId);
        }
    }
    scores.model = modelOf(home, wanted);
    scores.found = findMeasurements(home, folders);
    std::int64_t newest = 0;
    for (const auto& [measurement, found] : scores.found) {
        if (found.done && found.createdMs > newest) {
            newest = found.createdMs;
            scores.limit = measurement.limit;
        }
    }
    scores.limit = wanted.limit.value_or(scores.limit);
    fillCells(scores);
    fillDifferences(scores);
    return scores;
}

} // namespace lori::ui
