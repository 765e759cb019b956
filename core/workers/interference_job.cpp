// SPDX-License-Identifier: Apache-2.0
#include "core/workers/interference_job.h"

#include "core/analysis/interference.h"
#include "core/workers/adapter_files.h"
#include "core/workers/text_line.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace lori::workers {

namespace {

using nlohmann::ordered_json;

ordered_json jsonOf(const analysis::Interference& values)
{
    ordered_json object{{"energyRatio", values.energyRatio}, {"linearCrossTerms", values.linearCrossTerms}};
    object["pairs"] = ordered_json::array();
    for (const analysis::PairInterference& pair : values.pairs) {
        object["pairs"].push_back({{"first", pair.first},
                                   {"second", pair.second},
                                   {"cosine", pair.cosine},
                                   {"rowOverlap", pair.rowOverlap},
                                   {"rowChance", pair.rowChance},
                                   {"shared", pair.shared},
                                   {"jaccard", pair.jaccard},
                                   {"jaccardChance", pair.jaccardChance},
                                   {"containment", pair.containment},
                                   {"signConflicts", pair.signConflicts}});
    }
    return object;
}

/// Tensors that an adapter's file holds beside A and B, for people; "" when none does.
std::string ignoredIn(const std::vector<formats::AdapterFiles>& adapters)
{
    std::string text;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        for (const std::string& name : adapters[i].tensorsBeside()) {
            text += (text.empty() ? "not compared, because they are no part of the adapter:" : ",") +
                    (" " + name + " of " + std::to_string(i + 1));
        }
    }
    return text.empty() ? text : text + "\n";
}

ordered_json jsonOf(const analysis::InterferenceReport& report, const std::vector<std::string>& folders)
{
    ordered_json object;
    object["adapters"] = ordered_json::array();
    for (std::size_t i = 0; i < folders.size(); ++i) {
        object["adapters"].push_back({{"folder", folders[i]}, {"norm", report.norms[i]}});
    }
    object["total"] = jsonOf(report.total);
    object["layers"] = ordered_json::array();
    for (const analysis::LayerInterference& layer : report.layers) {
        object["layers"].push_back({{"layer", layer.layer}, {"values", jsonOf(layer.values)}});
    }
    object["modules"] = ordered_json::array();
    for (const analysis::ModuleInterference& module : report.modules) {
        object["modules"].push_back({{"layer", module.layer},
                                     {"projection", std::string(experiment::projectionName(module.projection))},
                                     {"values", jsonOf(module.values)}});
    }
    object["sameProjection"] = report.sameProjection;
    object["sameSeed"] = report.sameSeed;
    return object;
}

std::string textOf(const analysis::InterferenceReport& report, const std::vector<std::string>& folders)
{
    std::string text;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        text += textLine("%zu  |ΔW| %-9.4g ", i + 1, report.norms[i]) + folders[i] + "\n";
    }
    text += "\npair    cosine   A's rows  (chance)  mask Jaccard  (chance)  sign conflicts\n";
    for (const analysis::PairInterference& pair : report.total.pairs) {
        text +=
            textLine("%zu-%-3zu  %+.4f   %-8.4f  %-8.4f  %-12.4f  %-8.4f  %.1f %%\n", pair.first + 1, pair.second + 1,
                     pair.cosine, pair.rowOverlap, pair.rowChance, pair.jaccard, pair.jaccardChance, 100 * pair.signConflicts);
    }
    text += textLine("\nenergy of the sum: %.4f of the adapters' own (1 = orthogonal)\n", report.total.energyRatio);
    if (report.total.linearCrossTerms > 0) {
        text += textLine("PEFT's linear merge would add %.4f of the sum's size as cross terms; concat adds none\n",
                         report.total.linearCrossTerms);
    }
    for (const auto& [first, second] : report.sameProjection) {
        text +=
            textLine("warning: %zu and %zu have the same A (same seed?): their row spaces coincide, only masks keep them apart\n",
                     first + 1, second + 1);
    }
    for (const auto& pair : report.sameSeed) {
        if (std::find(report.sameProjection.begin(), report.sameProjection.end(), pair) == report.sameProjection.end()) {
            text += textLine("warning: A of %zu and %zu come from one seed: draw A from another seed to keep the tasks apart\n",
                             pair.first + 1, pair.second + 1);
        }
    }
    return text;
}

} // namespace

std::vector<formats::AdapterFiles> InterferenceJob::open() const
{
    std::vector<formats::AdapterFiles> adapters;
    adapters.reserve(m_options.adapters.size());
    for (const std::string& folder : m_options.adapters) {
        adapters.push_back(openAdapterFiles(m_home, folder, m_options.model, WantedAdapter::LowRank).value());
    }
    return adapters;
}

jobs::JobPlan InterferenceJob::plan()
{
    return {.what = "compares " + std::to_string(open().size()) + " adapters", .writes = {}, .notes = {}};
}

jobs::JobResult InterferenceJob::work(jobs::JobContext& context)
{
    const std::vector<formats::AdapterFiles> adapters = open();
    const auto begin = std::chrono::steady_clock::now();
    const auto report = analysis::measureInterference(
        adapters, 0, [&](std::int64_t done, std::int64_t total) { return context.goOn("comparing", done, total); });
    context.rethrow();
    nlohmann::ordered_json result = jsonOf(report.value(), m_options.adapters);
    result["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return {std::move(result), textOf(*report, m_options.adapters) + ignoredIn(adapters)};
}

} // namespace lori::workers
