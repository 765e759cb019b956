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

ordered_json jsonOf(const analysis::MaskOverlap& overlap)
{
    return {{"entries", overlap.entries},
            {"first", overlap.first},
            {"second", overlap.second},
            {"shared", overlap.shared},
            {"expected", overlap.expected},
            {"jaccard", overlap.jaccard()},
            {"jaccardChance", overlap.jaccardChance()},
            {"firstInSecond", overlap.firstInSecond()},
            {"secondInFirst", overlap.secondInFirst()},
            {"ratio", overlap.ratio()},
            {"z", overlap.z()}};
}

ordered_json jsonOf(const std::vector<analysis::NamedOverlap>& overlaps)
{
    ordered_json list = ordered_json::array();
    for (const analysis::NamedOverlap& one : overlaps) {
        list.push_back({{"name", one.name}, {"overlap", jsonOf(one.overlap)}});
    }
    return list;
}

std::string textOf(const analysis::MaskComparison& comparison, const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += line("%zu  ", i + 1) + names[i] + "\n";
    }
    text += "\npair    shared       by chance    ratio   z         Jaccard  (chance)  1 in 2    2 in 1\n";
    for (const analysis::MaskPair& pair : comparison.pairs) {
        const analysis::MaskOverlap& all = pair.total;
        text += line("%zu-%-3zu  %-11lld  %-11.0f  %-6.3f  %-+8.1f  %-7.4f  %-8.4f  %-8.4f  %.4f\n", pair.first + 1,
                     pair.second + 1, static_cast<long long>(all.shared), all.expected, all.ratio(), all.z(), all.jaccard(),
                     all.jaccardChance(), all.firstInSecond(), all.secondInFirst());
    }
    text += "\nratio by projection:";
    for (const analysis::MaskPair& pair : comparison.pairs) {
        text += line("\n%zu-%-3zu ", pair.first + 1, pair.second + 1);
        for (const analysis::NamedOverlap& projection : pair.projections) {
            text += " " + projection.name + line(" %.2f", projection.overlap.ratio());
        }
    }
    text += line("\n\nfree for another task: %lld entries\n", static_cast<long long>(comparison.keptBy.front()));
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

Answer answerFor(const analysis::MaskComparison& comparison, const std::vector<std::string>& names)
{
    Answer answer;
    answer.json["masks"] = names;
    answer.json["keptBy"] = comparison.keptBy;
    answer.json["pairs"] = ordered_json::array();
    for (const analysis::MaskPair& pair : comparison.pairs) {
        answer.json["pairs"].push_back({{"first", pair.first},
                                        {"second", pair.second},
                                        {"total", jsonOf(pair.total)},
                                        {"layers", jsonOf(pair.layers)},
                                        {"projections", jsonOf(pair.projections)},
                                        {"modules", jsonOf(pair.modules)}});
    }
    answer.text = textOf(comparison, names);
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
