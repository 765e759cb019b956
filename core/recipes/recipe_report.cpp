// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/recipe_report.h"

#include "core/recipes/recipe_claims.h"
#include "core/recipes/recipe_relations.h"
#include "core/support/files.h"

#include <algorithm>

namespace lori::recipes {

using experiment::RecipeTable;
using experiment::ScoreSource;
using nlohmann::json;

namespace {

json changeJson(const PairedChange& change)
{
    return {{"value", change.value}, {"low", change.low}, {"high", change.high}, {"p", change.pValue}, {"rows", change.rows}};
}

/// Collects what the steps measured; each step's file is read once.
class Reporter final {
public:
    explicit Reporter(const RecipePlaces& places) : m_places(places) {}

    json table(const RecipeTable& table)
    {
        json rows = json::array();
        for (const RecipeTable::Row& row : table.rows) {
            json cells = json::array();
            for (std::size_t c = 0; c < row.cells.size(); ++c) {
                cells.push_back(cell(row.cells[c], row.against[c]));
            }
            rows.push_back({{"title", row.title}, {"cells", std::move(cells)}});
        }
        return {{"title", table.title}, {"note", table.note}, {"columns", table.columns}, {"rows", std::move(rows)}};
    }

private:
    const StepScore* find(const ScoreSource& source)
    {
        const auto known = m_scores.find(source.step);
        const auto& scores = known != m_scores.end()
                                 ? known->second
                                 : m_scores.emplace(source.step, scoresOf(m_places, m_places.indexOf(source.step))).first->second;
        const auto it = scores.find(source.score);
        return it == scores.end() ? nullptr : &it->second;
    }

    /// null where nothing was measured; several sources give their mean and range.
    json cell(const std::vector<ScoreSource>& sources, const std::string& against)
    {
        std::vector<const StepScore*> scores;
        for (const ScoreSource& source : sources) {
            if (const StepScore* score = find(source)) {
                scores.push_back(score);
            }
        }
        if (scores.empty()) {
            return nullptr;
        }
        json cell{{"rate", scores.front()->isRate}, {"runs", scores.size()}, {"n", scores.front()->n}};
        if (scores.size() == 1) {
            cell.update({{"value", scores[0]->value}, {"low", scores[0]->low}, {"high", scores[0]->high}});
            addChange(cell, sources.front(), *scores[0], against);
            return cell;
        }
        double sum = 0;
        double low = scores[0]->value;
        double high = low;
        for (const StepScore* score : scores) {
            sum += score->value;
            low = std::min(low, score->value);
            high = std::max(high, score->value);
        }
        cell.update({{"value", sum / static_cast<double>(scores.size())}, {"low", low}, {"high", high}});
        return cell;
    }

    void addChange(json& cell, const ScoreSource& source, const StepScore& score, const std::string& against)
    {
        const StepScore* before = against.empty() || against == source.step ? nullptr : find({against, source.score});
        if (before == nullptr) {
            return;
        }
        if (score.isRate && !score.items.empty() && !before->items.empty()) {
            cell["change"] = changeJson(changeBetween(itemsOf(*before, source.score), itemsOf(score, source.score)));
        } else {
            cell["change"] = {{"value", score.value - before->value}};
        }
    }

    const RecipePlaces& m_places;
    std::map<std::string, std::map<std::string, StepScore>> m_scores;
};

/// What the report needs of a merge's result; of an older program's step it is the result.
json mergeResult(const json& result)
{
    if (!result.contains("plan")) {
        return result;
    }
    const json& plan = result["plan"];
    return {{"method", plan["method"]}, {"mode", plan["mode"]},        {"weights", result["weights"]},
            {"rank", plan["rank"]},     {"loss", result["loss"]},      {"self", result["self"]["total"]},
            {"notes", plan["notes"]},   {"seconds", result["seconds"]}};
}

/// The same of an interference.
json interferenceResult(const json& result)
{
    if (!result.contains("total")) {
        return result;
    }
    const json& total = result["total"];
    return {{"pairs", total["pairs"]},
            {"energyRatio", total["energyRatio"]},
            {"linearCrossTerms", total["linearCrossTerms"]},
            {"sameSeed", result["sameSeed"]},
            {"seconds", result.value("seconds", 0.0)}};
}

json resultOf(const RecipePlaces& places, std::size_t step)
{
    json result = json::parse(readTextFile(places.resultFile(step)).value(), nullptr, false);
    if (!result.is_object()) {
        throw Exception(ErrorCode::BadFile, "the result is damaged", "remove it, so that the step is done again",
                        places.resultFile(step).string());
    }
    return result;
}

} // namespace

json reportOf(const RecipePlaces& places)
{
    const experiment::Recipe& recipe = places.recipe();
    json report{{"recipe", recipe.id},
                {"title", recipe.title},
                {"explanation", recipe.explanation},
                {"source", recipe.source},
                {"tables", json::array()},
                {"relations", json::array()},
                {"claims", json::array()},
                {"merges", json::array()},
                {"interference", json::array()},
                {"steps", json::array()},
                {"folder", places.reportFolder().string()}};
    Reporter reporter(places);
    for (const RecipeTable& table : recipe.tables) {
        report["tables"].push_back(reporter.table(table));
    }
    for (const experiment::RecipeRelation& relation : recipe.relations) {
        report["relations"].push_back(relationJson(relation, relationOf(relation, places)));
    }
    for (const experiment::RecipeClaim& claim : recipe.claims) {
        const JudgedClaim judged = judgeClaim(claim, places);
        report["claims"].push_back({{"paper", claim.paper},
                                    {"verdict", verdictName(judged.verdict)},
                                    {"margin", claim.margin},
                                    {"change", changeJson(judged.change)}});
    }
    double seconds = 0;
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        json result = resultOf(places, i);
        const double took = result.value("seconds", 0.0);
        seconds += took;
        report["steps"].push_back({{"id", recipe.steps[i].id}, {"seconds", took}, {"result", places.resultFile(i).string()}});
        if (std::holds_alternative<experiment::RecipeMerge>(recipe.steps[i].work)) {
            result = mergeResult(result);
            result["step"] = recipe.steps[i].id;
            report["merges"].push_back(std::move(result));
        } else if (const auto* what = std::get_if<experiment::RecipeInterference>(&recipe.steps[i].work)) {
            result = interferenceResult(result);
            result["step"] = recipe.steps[i].id;
            result["adapters"] = what->adapters;
            report["interference"].push_back(std::move(result));
        }
    }
    report["seconds"] = seconds;
    return report;
}

json writeReport(const RecipePlaces& places)
{
    json report = reportOf(places);
    std::filesystem::create_directories(places.reportFolder());
    writeFileAtomically(places.reportFolder() / "report.json", report.dump(2) + "\n").value();
    writeFileAtomically(places.reportFolder() / "report.md", reportText(report)).value();
    return report;
}

} // namespace lori::recipes
