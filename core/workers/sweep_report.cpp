// SPDX-License-Identifier: Apache-2.0
#include "core/workers/sweep_report.h"

#include "core/events/event_follower.h"
#include "core/support/files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace lori::workers {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

constexpr const char* kHeldOut = "loss.heldout";

/// What was measured on held-out rows at the end of the last stage that measured any.
std::optional<events::HeldOut> lastHeldOut(const fs::path& run)
{
    std::optional<events::HeldOut> last;
    events::Place newest{-1, -1};
    events::EventFollower follower(run / "events.jsonl");
    for (auto some = follower.poll().value(); !some.empty(); some = follower.poll().value()) {
        for (const events::Event& event : some) {
            const auto* heldOut = event.as<events::HeldOut>();
            if (heldOut != nullptr && events::Place{heldOut->stage, heldOut->step} >= newest) {
                newest = {heldOut->stage, heldOut->step};
                last = *heldOut;
            }
        }
    }
    return last;
}

/// Scores at the end of the last stage that was scored.
ordered_json scoresOf(const fs::path& run)
{
    const ordered_json result = ordered_json::parse(readTextFile(run / "result.json").value(), nullptr, false);
    if (!result.is_object()) {
        throw Exception(ErrorCode::BadFile, "the run's result is damaged", "move the run to the trash, so that it is done again",
                        (run / "result.json").string());
    }
    ordered_json scores = ordered_json::object();
    const ordered_json stages = result.value("stages", ordered_json::array());
    for (auto stage = stages.rbegin(); stage != stages.rend() && scores.empty(); ++stage) {
        const ordered_json found = stage->value("scores", ordered_json::object());
        for (const auto& [name, score] : found.items()) {
            for (const char* field : {"value", "low", "high", "n", "higherIsBetter"}) {
                if (score.contains(field)) {
                    scores[name][field] = score[field];
                }
            }
        }
    }
    return scores;
}

/// Adds the held-out loss to the scores of the points that are done: per token, or as trained for all of them when a point is of
/// an older program, which wrote no other.
void addHeldOutLosses(ordered_json& report)
{
    std::vector<std::pair<ordered_json*, events::HeldOut>> found;
    for (ordered_json& point : report["points"]) {
        if (point["state"] == "done") {
            if (const auto last = lastHeldOut(point["folder"].get<std::string>()); last && last->loss) {
                found.emplace_back(&point, *last);
            }
        }
    }
    const bool perToken =
        std::all_of(found.begin(), found.end(), [](const auto& one) { return one.second.lossPerToken.has_value(); });
    for (const auto& [point, last] : found) {
        (*point)["scores"][kHeldOut] = {{"value", perToken ? *last.lossPerToken : *last.loss}, {"higherIsBetter", false}};
    }
    report["heldOutLoss"] = perToken ? "per-token" : "as-trained";
}

/// Mean and standard deviation of a sample; no deviation of one number.
ordered_json summary(const std::vector<double>& values)
{
    double mean = 0;
    for (const double value : values) {
        mean += value / static_cast<double>(values.size());
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    ordered_json result{{"mean", mean}, {"sd", nullptr}, {"n", values.size()}};
    if (values.size() > 1) {
        result["sd"] = std::sqrt(squares / static_cast<double>(values.size() - 1));
    }
    return result;
}

/// Points that differ in seeds alone, together.
ordered_json groupsOf(const ordered_json& points)
{
    std::vector<std::pair<ordered_json, std::vector<const ordered_json*>>> groups;
    for (const ordered_json& point : points) {
        ordered_json values = ordered_json::object();
        for (const auto& [key, value] : point["values"].items()) {
            if (!isSeed(key)) {
                values[key] = value;
            }
        }
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& known) { return known.first == values; });
        if (group == groups.end()) {
            groups.emplace_back(values, std::vector<const ordered_json*>{});
            group = std::prev(groups.end());
        }
        group->second.push_back(&point);
    }
    ordered_json result = ordered_json::array();
    for (const auto& [values, members] : groups) {
        std::map<std::string, std::vector<double>> numbers;
        std::size_t done = 0;
        for (const ordered_json* point : members) {
            done += (*point)["state"] == "done" ? 1 : 0;
            const ordered_json scores = point->value("scores", ordered_json::object());
            for (const auto& [name, score] : scores.items()) {
                if (score.contains("value") && score["value"].is_number()) {
                    numbers[name].push_back(score["value"].get<double>());
                }
            }
        }
        ordered_json group{{"values", values}, {"points", done}, {"scores", ordered_json::object()}};
        for (const auto& [name, list] : numbers) {
            group["scores"][name] = summary(list);
        }
        result.push_back(std::move(group));
    }
    return result;
}

std::string formatted(const char* format, double value)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), format, value); // NOLINT: formats of this file
    return text.data();
}

/// Rates as percentages, losses as they are.
std::string numberText(const std::string& name, double value)
{
    return name == kHeldOut ? formatted("%.4f", value) : formatted("%.1f %%", 100 * value);
}

} // namespace

ordered_json sweepReport(const SweepOptions& options, const std::vector<SweepPoint>& points,
                         const std::vector<jobs::NodeOutcome>& outcomes)
{
    ordered_json report{{"over", ordered_json::object()}, {"points", ordered_json::array()}};
    for (const SweepAxis& axis : options.over) {
        report["over"][axis.key] = ordered_json::parse(nlohmann::json(axis.values).dump());
    }
    std::size_t failed = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const jobs::NodeOutcome& outcome = outcomes[i];
        ordered_json row{{"values", points[i].values}};
        row["state"] = outcome.isDone() ? "done" : outcome.state == jobs::NodeOutcome::State::Failed ? "failed" : "left_out";
        row["run"] = outcome.folder.filename().string();
        row["folder"] = outcome.folder.string();
        if (outcome.isDone()) {
            row["scores"] = scoresOf(outcome.folder);
        } else {
            row["error"] = outcome.error.sentence();
            ++failed;
        }
        report["points"].push_back(std::move(row));
    }
    addHeldOutLosses(report);
    report["groups"] = groupsOf(report["points"]);
    report["failed"] = failed;
    return report;
}

std::string sweepText(const ordered_json& report)
{
    std::set<std::string> names;
    for (const ordered_json& group : report["groups"]) {
        for (const auto& [name, score] : group["scores"].items()) {
            names.insert(name);
        }
    }
    std::string text = "|";
    std::string line = "|";
    for (const auto& [key, values] : report["over"].items()) {
        if (!isSeed(key)) {
            text += " " + key + " |";
            line += "---|";
        }
    }
    text += " points |";
    line += "---|";
    for (const std::string& name : names) {
        text += " " + name + " |";
        line += "---|";
    }
    text += "\n" + line + "\n";
    for (const ordered_json& group : report["groups"]) {
        text += "|";
        for (const auto& [key, value] : group["values"].items()) {
            text.append(" ").append(value.is_string() ? value.get<std::string>() : value.dump()).append(" |");
        }
        text.append(" ").append(group["points"].dump()).append(" |");
        for (const std::string& name : names) {
            if (!group["scores"].contains(name)) {
                text += " – |";
                continue;
            }
            const ordered_json& score = group["scores"][name];
            text.append(" ").append(numberText(name, score["mean"]));
            if (!score["sd"].is_null()) {
                text.append(" ± ").append(numberText(name, score["sd"]));
            }
            text += " |";
        }
        text += "\n";
    }
    for (const ordered_json& point : report["points"]) {
        if (point["state"] != "done") {
            text.append("\n").append(point["values"].dump()).append(" failed: ");
            text.append(point["error"].get<std::string>()).append("\n");
        }
    }
    return text;
}

} // namespace lori::workers
