// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/config_io.h"
#include "core/experiment/recipe_fields.h"
#include "core/support/sha256.h"

#include <charconv>
#include <map>

namespace lori::experiment {

namespace {

using nlohmann::json;

/// The work alone: what is only for people does not make other work.
json workJson(const RecipeStep& step)
{
    return std::visit(
        [](auto work) -> json {
            if constexpr (std::is_same_v<decltype(work), RunConfig>) {
                json object = toJson(work);
                for (const char* field : {"name", "purpose", "preset", "parentRun"}) {
                    object.erase(field);
                }
                // So that work done before there were these fields is still found.
                if (work.adapter.orthogonalBlock < 0) {
                    object["adapter"].erase("orthogonalBlock");
                }
                object["evaluation"].erase("maskMoments"); // changes nothing of what is trained
                return {{"train", std::move(object)}};
            } else {
                return {{std::is_same_v<decltype(work), RecipeMerge>     ? "merge"
                         : std::is_same_v<decltype(work), RecipeMeasure> ? "measure"
                                                                         : "interference",
                         io::Writer::write(work)}};
            }
        },
        step.work);
}

} // namespace

json toJson(const RecipeMeasure& measure)
{
    RecipeMeasure copy = measure; // the visitor serves readers too
    return io::Writer::write(copy);
}

Result<RecipeMeasure> measureFromJson(const json& json)
{
    return guard([&] {
        RecipeMeasure measure;
        io::read(json, "", measure);
        return measure;
    });
}

std::optional<StepReference> parseReference(std::string_view text)
{
    if (text.empty() || text.front() != '@') {
        return std::nullopt;
    }
    StepReference reference;
    const std::size_t colon = text.find(':');
    reference.step = std::string(text.substr(1, colon == std::string_view::npos ? colon : colon - 1));
    if (colon != std::string_view::npos) {
        const std::string_view number = text.substr(colon + 1);
        const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), reference.stage);
        if (problem != std::errc{} || end != number.data() + number.size() || reference.stage < 0) {
            throw Exception(ErrorCode::InvalidArgument, "the stage of a reference must be a number", "write it as @step:0",
                            std::string(text));
        }
    }
    return reference;
}

void visitReferences(RecipeStep& step, const std::function<void(std::string&)>& visit)
{
    if (auto* run = std::get_if<RunConfig>(&step.work)) {
        for (StageConfig& stage : run->stages) {
            visit(stage.fromAdapter);
            visit(stage.maskFile);
            std::for_each(stage.mask.avoid.begin(), stage.mask.avoid.end(), visit);
        }
    } else if (auto* merge = std::get_if<RecipeMerge>(&step.work)) {
        std::for_each(merge->adapters.begin(), merge->adapters.end(), visit);
    } else if (auto* measure = std::get_if<RecipeMeasure>(&step.work)) {
        visit(measure->adapter);
    } else if (auto* interference = std::get_if<RecipeInterference>(&step.work)) {
        std::for_each(interference->adapters.begin(), interference->adapters.end(), visit);
    }
}

std::vector<std::string> stepKeys(const Recipe& recipe)
{
    std::map<std::string, std::string> known;
    std::vector<std::string> keys;
    for (RecipeStep step : recipe.steps) {
        visitReferences(step, [&](std::string& text) {
            if (const auto reference = parseReference(text)) {
                text = "@" + known[reference->step] + ":" + std::to_string(reference->stage);
            }
        });
        keys.push_back(sha256Hex(workJson(step).dump()));
        known[step.id] = keys.back();
    }
    return keys;
}

} // namespace lori::experiment
