// SPDX-License-Identifier: Apache-2.0
#include "core/workers/sweep_points.h"
#include "core/experiment/config_issue.h"

#include <algorithm>
#include <map>
#include <set>

namespace lori::workers {

using experiment::RunConfig;
using experiment::StageKind;
using nlohmann::json;

namespace {

/// The fields that a key means: itself, or every field that a short name stands for.
std::vector<std::string> pathsOf(const std::string& key, const RunConfig& config)
{
    static const std::map<std::string, std::string> kOfRun{{"rank", "adapter.rank"}, {"alpha", "adapter.alpha"}};
    static const std::set<std::string> kOfStages{"sparsity", "learningRate", "steps", "epochs", "batchRows"};
    if (const auto known = kOfRun.find(key); known != kOfRun.end()) {
        return {known->second};
    }
    if (!kOfStages.contains(key)) {
        return {key};
    }
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        if ((config.stages[i].kind == StageKind::Mask) == (key == "sparsity")) {
            paths.push_back("stages[" + std::to_string(i) + "]." + (key == "sparsity" ? "mask." : "") + key);
        }
    }
    if (paths.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "no stage of the run has a " + key, "name another field", "over");
    }
    return paths;
}

std::string valueText(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void requireAxes(const SweepOptions& options)
{
    std::set<std::string> keys;
    std::size_t points = 1;
    for (const SweepAxis& axis : options.over) {
        if (axis.values.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "no value is given", "write --over rank=4,8", axis.key);
        }
        if (!keys.insert(axis.key).second) {
            throw Exception(ErrorCode::InvalidArgument, "the field is given twice", "name all its values at once", axis.key);
        }
        points *= axis.values.size();
        if (points > kMaxSweepPoints) {
            throw Exception(ErrorCode::InvalidArgument, "the sweep has more than " + std::to_string(kMaxSweepPoints) + " points",
                            "take fewer values", axis.key);
        }
    }
    if (options.over.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "no field is named to sweep over", "write --over rank=4,8", "over");
    }
}

} // namespace

bool isSeed(const std::string& key)
{
    constexpr std::string_view kEnding = "projectionSeed";
    return key == "seed" || key.ends_with(kEnding);
}

std::vector<SweepPoint> sweepPoints(const SweepOptions& options)
{
    requireAxes(options);
    const RunConfig base = experiment::runConfigFromJson(options.config).value();
    std::vector<SweepPoint> points{{"", {}, base}};
    for (const SweepAxis& axis : options.over) {
        std::vector<SweepPoint> next;
        for (const SweepPoint& point : points) {
            for (const json& value : axis.values) {
                SweepPoint copy = point;
                for (const std::string& path : pathsOf(axis.key, base)) {
                    experiment::setField(copy.config, path, valueText(value)).value();
                }
                copy.config.name += (point.values.empty() ? ": " : ", ") + axis.key + " " + valueText(value);
                copy.values[axis.key] = nlohmann::ordered_json::parse(value.dump());
                next.push_back(std::move(copy));
            }
        }
        points = std::move(next);
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        points[i].id = std::string(1, 'p').append(std::to_string(i + 1));
        if (const auto issues = experiment::validate(points[i].config); !issues.empty()) {
            throw Exception(ErrorCode::InvalidArgument, issues.front().problem, issues.front().hint,
                            points[i].values.dump() + ": " + issues.front().path);
        }
    }
    return points;
}

} // namespace lori::workers
