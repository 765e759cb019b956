// SPDX-License-Identifier: Apache-2.0
#include "core/workers/merge_report.h"

#include "core/workers/text_line.h"

#include <cstdio>

namespace lori::workers {

using nlohmann::ordered_json;

namespace {

ordered_json jsonOf(const merging::MergeDistance& distance)
{
    return {{"total", distance.total}, {"worst", distance.worst}};
}

} // namespace

nlohmann::ordered_json jsonOf(const merging::MergePlan& plan)
{
    ordered_json object{{"method", merging::mergeTypeName(plan.options.type)},
                        {"computedAs", merging::mergeTypeName(plan.computedAs)},
                        {"mode", merging::mergeModeName(plan.options.mode)},
                        {"repeats", plan.repeats},
                        {"rank", plan.rank},
                        {"modules", plan.modules},
                        {"fileBytes", plan.fileBytes},
                        {"workBytes", plan.workBytes},
                        {"projections", plan.groups},
                        {"lossless", plan.lossless},
                        {"needsFullMatrices", plan.needsFullMatrices},
                        {"loses", plan.loses},
                        {"notes", plan.notes}};
    return object;
}

nlohmann::ordered_json jsonOf(const merging::MergeReport& report)
{
    ordered_json object;
    object["folder"] = report.folder.string();
    object["plan"] = jsonOf(report.plan);
    object["loss"] = jsonOf(report.loss);
    object["self"] = jsonOf(report.self);
    object["self"]["modules"] = report.selfModules;
    object["seconds"] = report.seconds;
    object["modules"] = ordered_json::array();
    for (const merging::MergedModule& module : report.modules) {
        object["modules"].push_back({{"layer", module.layer},
                                     {"projection", std::string(experiment::projectionName(module.projection))},
                                     {"norm", module.norm},
                                     {"error", module.error},
                                     {"relative", module.relative()}});
    }
    return object;
}

std::string textOf(const merging::MergePlan& plan)
{
    const std::string mode = plan.repeats.empty() ? merging::mergeModeName(plan.options.mode) : "as " + plan.repeats;
    std::string text = textLine("%s, %s: rank %lld, %lld modules, %.1f MB\n", merging::mergeTypeName(plan.options.type),
                                mode.c_str(), static_cast<long long>(plan.rank), static_cast<long long>(plan.modules),
                                static_cast<double>(plan.fileBytes) / 1e6);
    text += "loses: " + plan.loses + "\n";
    for (const std::string& note : plan.notes) {
        text += "note: " + note + "\n";
    }
    return text;
}

std::string textOf(const merging::MergeReport& report)
{
    std::string text = textOf(report.plan);
    text += textLine("differs from the weighted sum by %.3g of its size, at most %.3g in a module\n", report.loss.total,
                     report.loss.worst);
    text += textLine("self-check: the first adapter alone at weight 1 comes back within %.3g (%lld modules)\n", report.self.total,
                     static_cast<long long>(report.selfModules));
    text += report.folder.string() + textLine("  %.1f s\n", report.seconds);
    return text;
}

} // namespace lori::workers
