// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_measurements.h"

#include "core/jobs/job_lock.h"
#include "core/support/files.h"
#include "database/item_file.h"

#include <nlohmann/json.hpp>

#include <tuple>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// What the options that a measurement leaves alone must be, where a job names them. Those that change no score have no row.
const json& usualOptions()
{
    static const json usual{{"data", ""},         {"how", "generate"},       {"mode", "strict"},       {"phrases", ""},
                            {"samples", 1},       {"addBos", false},         {"dropLastBatch", false}, {"phrasesAlone", false},
                            {"maxNewTokens", 96}, {"promptTemplate", "chat"}};
    return usual;
}

fs::path withoutEnd(const fs::path& folder)
{
    const fs::path normal = folder.lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

std::vector<tasks::ScoredItem> rowsOf(const jobs::JobFolder& folder, const json& score)
{
    std::vector<tasks::ScoredItem> rows;
    const auto file = database::pathInFolder(folder.path(), score.value("itemsFile", std::string()));
    if (const auto items = file ? database::readItems(*file) : std::nullopt) {
        for (const database::ItemRow& item : *items) {
            rows.push_back({item.id, item.prompt, item.expected, item.answer, item.hit});
        }
    }
    return rows;
}

/// The rows of all parts of a task, under the score that pools them (database::scoredRows does the same for runs).
void addPooledRows(std::map<ScoreKey, MeasuredScore>& scores, const std::string& task)
{
    const auto pool = scores.find({task, "pooled_accuracy"});
    if (pool == scores.end()) {
        return;
    }
    for (const auto& [key, part] : scores) {
        if (key.metric.ends_with("_accuracy") && key.metric != "pooled_accuracy") {
            pool->second.rows.insert(pool->second.rows.end(), part.rows.begin(), part.rows.end());
        }
    }
}

std::map<ScoreKey, MeasuredScore> scoresIn(const jobs::JobFolder& folder, const std::string& task)
{
    const json result = json::parse(readTextFile(folder.resultFile()).value());
    std::map<ScoreKey, MeasuredScore> scores;
    for (const auto& [metric, score] : result.at("scores").items()) {
        MeasuredScore& measured = scores[{task, metric}];
        measured.score = {.value = score.at("value").get<double>(),
                          .low = score.at("low").get<double>(),
                          .high = score.at("high").get<double>(),
                          .hits = score.at("hits").get<std::int64_t>(),
                          .rows = score.at("n").get<std::int64_t>()};
        measured.higherIsBetter = score.at("higherIsBetter").get<bool>();
        measured.rows = rowsOf(folder, score);
    }
    addPooledRows(scores, task);
    return scores;
}

/// Whether `now` says more than `before`; both are of one measurement.
bool saysMore(const FoundMeasurement& now, const FoundMeasurement& before)
{
    return std::tuple(now.done, now.live, now.createdMs) > std::tuple(before.done, before.live, before.createdMs);
}

} // namespace

jobs::JobRecord evaluationOf(const Measurement& measurement, const QString& name)
{
    jobs::JobRecord record;
    record.kind = "evaluate";
    record.name = name.toStdString();
    record.options = {{"model", {{"model", measurement.model}, {"adapter", measurement.adapter.string()}}},
                      {"task", measurement.task},
                      {"limit", measurement.limit}};
    return record;
}

std::optional<Measurement> measurementOf(const json& options)
{
    if (!options.is_object() || !options.contains("model") || !options["model"].is_object()) {
        return std::nullopt;
    }
    for (const auto& [name, usual] : usualOptions().items()) {
        if (options.contains(name) && options[name] != usual) {
            return std::nullopt;
        }
    }
    const json& model = options["model"];
    if (model.value("weights", json("auto")) != "auto") { // rounded otherwise
        return std::nullopt;
    }
    auto read = guard([&] {
        return Measurement{model.at("model").get<std::string>(), withoutEnd(model.at("adapter").get<std::string>()),
                           options.at("task").get<std::string>(), options.value("limit", std::int64_t{0})};
    });
    return read && !read->adapter.empty() ? std::optional(std::move(*read)) : std::nullopt;
}

std::map<Measurement, FoundMeasurement> findMeasurements(const Home& home, const std::set<fs::path>& adapters)
{
    std::map<Measurement, FoundMeasurement> all;
    std::error_code ignored; // a home without jobs has none
    for (const fs::directory_entry& entry : fs::directory_iterator(home.jobs(), ignored)) {
        const auto folder = jobs::JobFolder::open(home, entry.path().string());
        const auto record = folder ? folder->record() : Result<jobs::JobRecord>(folder.error());
        if (!record || record->kind != "evaluate") {
            continue;
        }
        const auto measurement = measurementOf(record->options);
        if (!measurement || !adapters.contains(measurement->adapter)) {
            continue;
        }
        FoundMeasurement found;
        found.jobId = QString::fromStdString(folder->id());
        found.createdMs = record->createdMs;
        found.done = fs::exists(folder->resultFile(), ignored);
        found.live = !found.done && jobs::JobLock::holder(*folder).has_value();
        if (found.done) {
            auto scores = guard([&] { return scoresIn(*folder, measurement->task); });
            if (!scores) {
                continue;
            }
            found.scores = std::move(*scores);
        }
        const auto [place, isNew] = all.try_emplace(*measurement, found);
        if (!isNew && saysMore(found, place->second)) {
            place->second = std::move(found);
        }
    }
    return all;
}

} // namespace lori::ui
