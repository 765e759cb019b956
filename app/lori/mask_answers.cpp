// SPDX-License-Identifier: Apache-2.0
#include "app/lori/mask_answers.h"

#include <cmath>
#include <cstdio>

namespace lori::app {

namespace {

using experiment::MaskScope;
using nlohmann::ordered_json;

double share(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

ordered_json poolsJson(const analysis::MaskSummary& summary, MaskScope scope)
{
    ordered_json list = ordered_json::array();
    for (const analysis::PoolKept& pool : analysis::keptByPool(summary, scope)) {
        list.push_back(
            {{"name", pool.name}, {"kept", pool.kept}, {"total", pool.total}, {"density", share(pool.kept, pool.total)}});
    }
    return list;
}

ordered_json summaryJson(const analysis::MaskSummary& summary)
{
    ordered_json json{{"kept", summary.kept}, {"total", summary.total}, {"density", share(summary.kept, summary.total)}};
    if (std::isfinite(summary.threshold)) {
        json["threshold"] = summary.threshold;
    }
    json["modules"] = ordered_json::array();
    for (const analysis::ModuleKept& module : summary.modules) {
        json["modules"].push_back({{"layer", module.layer},
                                   {"projection", std::string(experiment::projectionName(module.projection))},
                                   {"kept", module.kept},
                                   {"total", module.total}});
    }
    json["layers"] = poolsJson(summary, MaskScope::Layer);
    json["projections"] = poolsJson(summary, MaskScope::Projection);
    json["kinds"] = poolsJson(summary, MaskScope::Module);
    return json;
}

std::string line(const char* format, auto... values)
{
    char text[240];
    std::snprintf(text, sizeof(text), format, values...);
    return text;
}

} // namespace

Answer answerFor(const formats::Mask& mask)
{
    const analysis::MaskSummary summary = analysis::summarize(mask);
    Answer answer;
    answer.json = summaryJson(summary);
    answer.json["sparsity"] = mask.sparsity;
    answer.json["scope"] = mask.scope;
    answer.json["rule"] = mask.rule;
    answer.text = "kept " + std::to_string(summary.kept) + " of " + std::to_string(summary.total) + "\n";
    for (const MaskScope scope : {MaskScope::Module, MaskScope::Projection}) {
        for (const analysis::PoolKept& pool : analysis::keptByPool(summary, scope)) {
            answer.text += pool.name + line(" %.2f%%  ", 100 * share(pool.kept, pool.total));
        }
        answer.text += "\n";
    }
    std::int64_t layer = -1;
    for (const analysis::ModuleKept& module : summary.modules) {
        if (module.layer != layer) {
            layer = module.layer;
            answer.text += "\nlayer " + std::to_string(layer) + ":";
        }
        answer.text += " " + std::string(experiment::projectionName(module.projection)) + " " +
                       std::to_string(std::lround(100 * share(module.kept, module.total))) + "%";
    }
    answer.text += "\n";
    return answer;
}

void addAvoided(Answer& answer, const analysis::FreeMask& found)
{
    ordered_json pools = ordered_json::array();
    for (const analysis::PoolOutcome& pool : found.pools) {
        pools.push_back(
            {{"name", pool.name}, {"entries", pool.entries}, {"used", pool.used}, {"wanted", pool.wanted}, {"kept", pool.kept}});
    }
    answer.json["avoided"] = {
        {"used", found.used}, {"shortPools", found.shortPools}, {"missing", found.missing}, {"pools", pools}};
    answer.text += "avoided " + std::to_string(found.used) + " entries that are in use\n";
    if (const std::string warning = found.warning(); !warning.empty()) {
        answer.json["warning"] = warning;
        answer.text += "warning: " + warning + "\n";
    }
}

void addIgnored(Answer& answer, const std::vector<std::string>& tensors)
{
    if (tensors.empty()) {
        return;
    }
    answer.json["ignoredTensors"] = tensors;
    answer.text += "not applied, because they are no part of the adapter:";
    for (const std::string& name : tensors) {
        answer.text += " " + name;
    }
    answer.text += "\n";
}

} // namespace lori::app
