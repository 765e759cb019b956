// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_io.h"
#include "core/experiment/recipe_checks.h"
#include "core/experiment/recipe_fields.h"
#include "core/experiment/recipe_refusal.h"

#include <set>

namespace lori::experiment {

namespace {

using io::read;
using nlohmann::json;

std::string placeIn(const std::string& list, std::size_t index)
{
    return list + "[" + std::to_string(index) + "]";
}

/// A field that must be there; `read` says what is wrong with its kind.
template <typename T>
T required(const json& object, const char* name, const std::string& where)
{
    if (!object.is_object()) {
        io::refuse(where, messages::kNotAnObject, object);
    }
    const auto it = object.find(name);
    if (it == object.end()) {
        refuseRecipe("\"" + std::string(name) + "\" is missing", "add it", where);
    }
    T value{};
    read(*it, where + "." + name, value);
    return value;
}

template <typename T>
T optional(const json& object, const char* name, const std::string& where, T fallback)
{
    return object.contains(name) ? required<T>(object, name, where) : fallback;
}

const json& listOf(const json& object, const char* name, const std::string& where)
{
    static const json none = json::array();
    const auto it = object.find(name);
    if (it == object.end()) {
        return none;
    }
    if (!it->is_array()) {
        io::refuse(io::fieldPath(where, name), messages::kNotAList, *it);
    }
    return *it;
}

void refuseUnknown(const json& object, const std::set<std::string>& known, const std::string& where)
{
    for (const auto& [name, value] : object.items()) {
        if (known.count(name) == 0) {
            std::string list;
            for (const std::string& entry : known) {
                list.append(list.empty() ? "" : ", ").append(entry);
            }
            refuseRecipe("there is no such field", "known here: " + list, io::fieldPath(where, name));
        }
    }
}

template <typename T>
T readWork(const json& value, const std::string& where)
{
    T work;
    read(value, where, work);
    return work;
}

RecipeStep stepFrom(const json& value, const std::string& where)
{
    RecipeStep step;
    step.id = required<std::string>(value, "id", where);
    const std::string at = where + " (" + step.id + ")";
    refuseUnknown(value, {"id", "train", "merge", "measure", "interference"}, at);
    if (value.size() != 2) {
        refuseRecipe("a step does exactly one thing", "give it one of train, merge, measure and interference", at);
    }
    if (value.contains("train")) {
        step.work = readWork<RunConfig>(value["train"], at + ".train");
    } else if (value.contains("merge")) {
        step.work = readWork<RecipeMerge>(value["merge"], at + ".merge");
    } else if (value.contains("measure")) {
        step.work = readWork<RecipeMeasure>(value["measure"], at + ".measure");
    } else {
        step.work = readWork<RecipeInterference>(value["interference"], at + ".interference");
    }
    return step;
}

/// "<task>-lora" of a row under a column that says what <task> is.
std::string forColumn(const std::string& text, const json& column, const std::string& where)
{
    std::string full;
    std::size_t at = 0;
    for (std::size_t open = text.find('<'); open != std::string::npos; open = text.find('<', at)) {
        const std::size_t close = text.find('>', open);
        const std::string name = text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
        if (close == std::string::npos || !column.contains(name)) {
            refuseRecipe("<" + name + "> is said by no column", "give each column of the table this field", where);
        }
        full += text.substr(at, open - at) + required<std::string>(column, name.c_str(), where);
        at = close + 1;
    }
    return full + text.substr(at);
}

std::vector<std::string> oneOrMore(const json& object, const char* name, const std::string& where)
{
    if (object.contains(name) && object[name].is_array()) {
        return required<std::vector<std::string>>(object, name, where);
    }
    return {required<std::string>(object, name, where)};
}

RecipeTable tableFrom(const json& value, const std::string& where)
{
    RecipeTable table;
    table.title = required<std::string>(value, "title", where);
    table.note = optional<std::string>(value, "note", where, "");
    refuseUnknown(value, {"title", "note", "columns", "rows"}, where);
    const json& columns = listOf(value, "columns", where);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        table.columns.push_back(required<std::string>(columns[i], "title", placeIn(where + ".columns", i)));
    }
    const json& rows = listOf(value, "rows", where);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::string at = placeIn(where + ".rows", r);
        RecipeTable::Row row;
        row.title = required<std::string>(rows[r], "title", at);
        refuseUnknown(rows[r], {"title", "step", "against"}, at);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            std::vector<ScoreSource> sources;
            for (const std::string& step : oneOrMore(rows[r], "step", at)) {
                if (!step.empty()) {
                    sources.push_back({forColumn(step, columns[c], at + ".step"),
                                       required<std::string>(columns[c], "score", placeIn(where + ".columns", c))});
                }
            }
            row.cells.push_back(std::move(sources));
            row.against.push_back(forColumn(optional<std::string>(rows[r], "against", at, ""), columns[c], at + ".against"));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

RecipeRelation relationFrom(const json& value, const std::string& where)
{
    RecipeRelation relation;
    relation.title = required<std::string>(value, "title", where);
    relation.note = optional<std::string>(value, "note", where, "");
    relation.xTitle = required<std::string>(value, "xTitle", where);
    relation.yTitle = required<std::string>(value, "yTitle", where);
    relation.xScore = required<std::string>(value, "xScore", where);
    refuseUnknown(value, {"title", "note", "xTitle", "yTitle", "xScore", "points"}, where);
    const json& points = listOf(value, "points", where);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::string at = placeIn(where + ".points", i);
        relation.points.push_back({required<std::string>(points[i], "group", at), required<std::string>(points[i], "x", at),
                                   required<std::string>(points[i], "y", at), required<std::string>(points[i], "against", at),
                                   required<std::string>(points[i], "score", at)});
        refuseUnknown(points[i], {"group", "x", "y", "against", "score"}, at);
    }
    return relation;
}

RecipeClaim claimFrom(const json& value, const std::string& where)
{
    RecipeClaim claim;
    claim.paper = required<std::string>(value, "paper", where);
    refuseUnknown(value, {"paper", "expect", "margin", "pairs"}, where);
    const auto expect = optional<std::string>(value, "expect", where, "higher");
    if (expect != "higher" && expect != "not-lower") {
        io::refuse(where + ".expect", messages::kNotAWord, expect, R"("higher", "not-lower")");
    }
    claim.expect = expect == "higher" ? RecipeClaim::Expect::Higher : RecipeClaim::Expect::NotLower;
    claim.margin = optional<double>(value, "margin", where, 0.0);
    if (!(claim.margin >= 0 && claim.margin <= 1)) {
        throw Exception(ErrorCode::InvalidArgument, messages::kOutsideRange, {"0", "1", io::shown(claim.margin)},
                        where + ".margin");
    }
    const json& pairs = listOf(value, "pairs", where);
    if (pairs.empty()) {
        refuseRecipe("nothing is compared", "name at least one pair", where + ".pairs");
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const std::string at = placeIn(where + ".pairs", i);
        const auto score = required<std::string>(pairs[i], "score", at);
        refuseUnknown(pairs[i], {"score", "first", "second"}, at);
        claim.pairs.push_back(
            {{required<std::string>(pairs[i], "first", at), score}, {required<std::string>(pairs[i], "second", at), score}});
    }
    return claim;
}

void checkRecipeVersion(const json& value)
{
    const auto version = optional<std::int64_t>(value, "version", "", Recipe::kVersion);
    if (version > Recipe::kVersion) {
        throw Exception(ErrorCode::NewerVersion,
                        "the recipe has version " + std::to_string(version) + ", this program knows up to " +
                            std::to_string(Recipe::kVersion),
                        "use a newer program", "version");
    }
}

template <typename T>
T inFile(Result<T> result, const std::string& path)
{
    if (!result) {
        Error error = result.error();
        error.where = error.where == path ? path : path + ": " + error.where;
        throw Exception(error);
    }
    return std::move(result).value();
}

} // namespace

const RecipeStep* Recipe::find(std::string_view step) const
{
    const auto it = std::find_if(steps.begin(), steps.end(), [&](const RecipeStep& s) { return s.id == step; });
    return it == steps.end() ? nullptr : &*it;
}

Result<Recipe> recipeFromJson(const json& file, const RecipeVariables& variables)
{
    return guard([&] {
        if (file.is_object()) {
            checkRecipeVersion(file);
        }
        const json value = expandRecipe(file, variables);
        Recipe recipe;
        recipe.id = required<std::string>(value, "id", "recipe");
        recipe.title = required<std::string>(value, "title", "recipe");
        recipe.explanation = optional<std::string>(value, "explanation", "recipe", "");
        recipe.source = optional<std::string>(value, "source", "recipe", "");
        refuseUnknown(value, {"version", "id", "title", "explanation", "source", "steps", "tables", "relations", "claims"}, "");
        const json& steps = listOf(value, "steps", "");
        for (std::size_t i = 0; i < steps.size(); ++i) {
            recipe.steps.push_back(stepFrom(steps[i], placeIn("steps", i)));
        }
        const json& tables = listOf(value, "tables", "");
        for (std::size_t i = 0; i < tables.size(); ++i) {
            recipe.tables.push_back(tableFrom(tables[i], placeIn("tables", i)));
        }
        const json& relations = listOf(value, "relations", "");
        for (std::size_t i = 0; i < relations.size(); ++i) {
            recipe.relations.push_back(relationFrom(relations[i], placeIn("relations", i)));
        }
        const json& claims = listOf(value, "claims", "");
        for (std::size_t i = 0; i < claims.size(); ++i) {
            recipe.claims.push_back(claimFrom(claims[i], placeIn("claims", i)));
        }
        checkRecipe(recipe);
        return recipe;
    });
}

Result<Recipe> readRecipe(const std::string& path, const RecipeVariables& variables)
{
    return guard([&] { return inFile(recipeFromJson(io::parseFile(path), variables), path); });
}

Result<RecipeInfo> readRecipeInfo(const std::string& path)
{
    return guard([&] {
        const json value = io::parseFile(path);
        const auto info = guard([&] {
            return RecipeInfo{required<std::string>(value, "id", "recipe"), required<std::string>(value, "title", "recipe"),
                              optional<std::string>(value, "explanation", "recipe", ""),
                              optional<std::string>(value, "source", "recipe", ""),
                              value.dump().find("{data}") != std::string::npos};
        });
        return inFile(info, path);
    });
}

} // namespace lori::experiment
