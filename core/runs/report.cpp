// SPDX-License-Identifier: Apache-2.0
#include "core/runs/report.h"

#include "core/runs/run_context.h"

#include <array>
#include <cstdio>

namespace lori::runs {

namespace {

std::string percent(double rate)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", 100 * rate); // NOLINT: fixed width
    return text.data();
}

/// The scores of a stage by "task.metric", each without what names it.
nlohmann::json scoresOf(const ResumeState& state, std::int64_t stage)
{
    nlohmann::json scores = nlohmann::json::object();
    if (const auto found = state.scores.find(stage); found != state.scores.end()) {
        for (const auto& [name, score] : found->second) {
            nlohmann::json fields = events::fieldsOf(events::Payload(score));
            for (const char* key : {"stage", "task", "metric", "final"}) {
                fields.erase(key);
            }
            scores[name] = std::move(fields);
        }
    }
    return scores;
}

nlohmann::json sealOf(const ResumeState& state, std::int64_t stage)
{
    const auto found = state.seals.find(stage);
    return found == state.seals.end() ? nlohmann::json::object() : events::fieldsOf(events::Payload(found->second));
}

} // namespace

nlohmann::json resultOf(const jobs::RunFolder& folder, const experiment::RunConfig& config, const ResumeState& state,
                        const std::string& runState)
{
    nlohmann::json stages = nlohmann::json::array();
    stages.push_back({{"name", "Base"}, {"kind", "base"}, {"scores", scoresOf(state, -1)}});
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const auto index = static_cast<std::int64_t>(i);
        const experiment::StageKind kind = config.stages[i].kind;
        nlohmann::json stage{{"kind", std::string(experiment::stageKindName(kind))},
                             {"finished", state.finishedStages.count(index) > 0},
                             {"scores", scoresOf(state, index)}};
        if (kind == experiment::StageKind::Mask) {
            stage["name"] = stageName(config.stages[i]);
            stage["mask"] = (folder.masks() / (std::to_string(i) + "-mask.safetensors")).string();
        } else {
            stage["name"] = stageName(config.stages[i]);
            stage["adapter"] = folder.adapterFolder(index, kind).string();
            stage["seal"] = sealOf(state, index);
        }
        stages.push_back(std::move(stage));
    }
    return {{"run", folder.id()}, {"folder", folder.path().string()}, {"name", config.name},
            {"state", runState},  {"seconds", state.secondsBefore},   {"stages", std::move(stages)}};
}

std::string reportText(const nlohmann::json& result)
{
    std::string text = "# " + result.at("name").get<std::string>() + "\n\nRun " + result.at("run").get<std::string>() + ", " +
                       result.at("state").get<std::string>() +
                       ".\n\n| stage | score | value | 95 % interval | rows |\n|---|---|---|---|---|\n";
    for (const nlohmann::json& stage : result.at("stages")) {
        for (const auto& [name, score] : stage.at("scores").items()) {
            text += "| " + stage.at("name").get<std::string>() + " | " + name +
                    (score.value("higherIsBetter", true) ? "" : " (lower is better)") + " | " + percent(score.at("value")) +
                    " | " + percent(score.at("low")) + " – " + percent(score.at("high")) + " | " +
                    std::to_string(score.at("n").get<std::int64_t>()) + " |\n";
        }
    }
    for (const nlohmann::json& stage : result.at("stages")) {
        if (stage.contains("adapter")) {
            const nlohmann::json& seal = stage.at("seal");
            const bool frozen =
                seal.value("aUnchanged", false) && seal.value("baseUnchanged", false) && seal.value("outsideMaskZero", false);
            text += "\n" + stage.at("name").get<std::string>() + ": adapter in `" + stage.at("adapter").get<std::string>() +
                    "`; " +
                    (seal.empty() ? "not finished."
                     : frozen     ? "frozen parts unchanged, outside the mask exactly 0."
                                  : "**frozen parts changed: do not use.**") +
                    "\n";
        }
    }
    return text;
}

} // namespace lori::runs
