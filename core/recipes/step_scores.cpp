// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/step_scores.h"

#include "core/runs/stored_items.h"
#include "core/support/files.h"

#include <algorithm>
#include <cmath>

namespace lori::recipes {

using nlohmann::json;

namespace {

/// Scores of the last stage of a run that has any.
json lastScores(const json& result)
{
    const auto stages = result.find("stages");
    if (stages != result.end() && stages->is_array()) {
        for (auto stage = stages->rbegin(); stage != stages->rend(); ++stage) {
            if (json scores = stage->value("scores", json::object()); !scores.empty()) {
                return scores;
            }
        }
    }
    return json::object();
}

/// A mean has no rows of its own: those of all parts of its task that are as good when high.
void giveMeansTheirItems(std::map<std::string, StepScore>& scores)
{
    for (auto& [name, score] : scores) {
        if (!score.isRate || !score.items.empty()) {
            continue;
        }
        const std::string task = name.substr(0, name.find('.') + 1);
        for (const auto& [other, part] : scores) {
            if (other.rfind(task, 0) == 0 && part.items.size() == 1 && part.higherIsBetter == score.higherIsBetter) {
                score.items.push_back(part.items.front());
            }
        }
    }
}

/// Means over the pairs, and the energy of the sum. Older programs' results hold them without "total".
void addInterference(std::map<std::string, StepScore>& scores, const json& result)
{
    const json& total = result.contains("total") ? result["total"] : result;
    const auto put = [&](const char* name, double value) {
        StepScore& score = scores[std::string("interference.") + name];
        score.isRate = false;
        score.value = value;
        score.higherIsBetter = false;
    };
    const json& pairs = total.at("pairs");
    double cosine = 0;
    double rows = 0;
    double shared = 0;
    for (const json& pair : pairs) {
        cosine += std::abs(pair.at("cosine").get<double>());
        rows += pair.at("rowOverlap").get<double>();
        shared += pair.at("jaccard").get<double>();
    }
    const auto n = static_cast<double>(std::max<std::size_t>(1, pairs.size()));
    put("cosine", cosine / n);
    put("rowOverlap", rows / n);
    put("jaccard", shared / n);
    put("energyRatio", total.at("energyRatio"));
}

StepScore rateFrom(const json& value, const std::filesystem::path& folder)
{
    StepScore score;
    score.value = value.at("value");
    score.low = value.at("low");
    score.high = value.at("high");
    score.n = value.at("n");
    score.higherIsBetter = value.value("higherIsBetter", true);
    if (const std::string items = value.value("items", ""); !items.empty()) {
        score.items.push_back(folder / items);
    }
    return score;
}

} // namespace

std::map<std::string, StepScore> scoresOf(const RecipePlaces& places, std::size_t step)
{
    const std::filesystem::path file = places.resultFile(step);
    const json result = json::parse(readTextFile(file).value(), nullptr, false);
    try {
        std::map<std::string, StepScore> scores;
        const bool trains = places.recipe().steps[step].trains();
        const json rates = trains ? lastScores(result) : result.value("scores", json::object());
        for (const auto& [name, value] : rates.items()) {
            scores[name] = rateFrom(value, file.parent_path());
        }
        giveMeansTheirItems(scores);
        const json losses = result.value("losses", json::object());
        for (const auto& [name, value] : losses.items()) {
            StepScore& score = scores["loss." + name];
            score.isRate = false;
            score.value = value.at("value");
            score.n = value.at("rows");
            score.higherIsBetter = false;
        }
        if (std::holds_alternative<experiment::RecipeInterference>(places.recipe().steps[step].work)) {
            addInterference(scores, result);
        }
        return scores;
    } catch (const json::exception&) {
        throw Exception(ErrorCode::BadFile, "the result is damaged", "remove it, so that the step is done again", file.string());
    }
}

std::vector<tasks::ScoredItem> itemsOf(const StepScore& score, const std::string& name)
{
    std::vector<tasks::ScoredItem> items;
    for (const std::filesystem::path& file : score.items) {
        for (tasks::ScoredItem& item : runs::readItems(file).value()) {
            items.push_back(std::move(item));
        }
    }
    if (items.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "this score has no rows that could be compared", "compare another", name);
    }
    return items;
}

PairedChange changeBetween(const std::vector<tasks::ScoredItem>& before, const std::vector<tasks::ScoredItem>& after)
{
    const tasks::ItemComparison compared = tasks::compareItems(before, after).value();
    return {compared.difference, compared.low, compared.high, compared.pValue, compared.first.n};
}

} // namespace lori::recipes
