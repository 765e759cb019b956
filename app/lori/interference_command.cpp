// SPDX-License-Identifier: Apache-2.0
// lori interference: how adapters would meet in a merge.
#include "app/lori/adapter_files.h"
#include "app/lori/command.h"
#include "app/lori/progress_line.h"
#include "core/analysis/interference.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace lori::app {

namespace {

using nlohmann::ordered_json;

ordered_json jsonOf(const analysis::Interference& values)
{
    ordered_json json{{"energyRatio", values.energyRatio}, {"linearCrossTerms", values.linearCrossTerms}};
    json["pairs"] = ordered_json::array();
    for (const analysis::PairInterference& pair : values.pairs) {
        json["pairs"].push_back({{"first", pair.first},
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
    return json;
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
    ordered_json json;
    json["adapters"] = ordered_json::array();
    for (std::size_t i = 0; i < folders.size(); ++i) {
        json["adapters"].push_back({{"folder", folders[i]}, {"norm", report.norms[i]}});
    }
    json["total"] = jsonOf(report.total);
    json["layers"] = ordered_json::array();
    for (const analysis::LayerInterference& layer : report.layers) {
        json["layers"].push_back({{"layer", layer.layer}, {"values", jsonOf(layer.values)}});
    }
    json["modules"] = ordered_json::array();
    for (const analysis::ModuleInterference& module : report.modules) {
        json["modules"].push_back({{"layer", module.layer},
                                   {"projection", std::string(experiment::projectionName(module.projection))},
                                   {"values", jsonOf(module.values)}});
    }
    json["sameProjection"] = report.sameProjection;
    json["sameSeed"] = report.sameSeed;
    return json;
}

std::string line(const char* format, auto... values)
{
    char text[200];
    std::snprintf(text, sizeof(text), format, values...);
    return text;
}

std::string textOf(const analysis::InterferenceReport& report, const std::vector<std::string>& folders)
{
    std::string text;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        text += line("%zu  |ΔW| %-9.4g ", i + 1, report.norms[i]) + folders[i] + "\n";
    }
    text += "\npair    cosine   A's rows  (chance)  mask Jaccard  (chance)  sign conflicts\n";
    for (const analysis::PairInterference& pair : report.total.pairs) {
        text += line("%zu-%-3zu  %+.4f   %-8.4f  %-8.4f  %-12.4f  %-8.4f  %.1f %%\n", pair.first + 1, pair.second + 1,
                     pair.cosine, pair.rowOverlap, pair.rowChance, pair.jaccard, pair.jaccardChance, 100 * pair.signConflicts);
    }
    text += line("\nenergy of the sum: %.4f of the adapters' own (1 = orthogonal)\n", report.total.energyRatio);
    if (report.total.linearCrossTerms > 0) {
        text += line("PEFT's linear merge would add %.4f of the sum's size as cross terms; concat adds none\n",
                     report.total.linearCrossTerms);
    }
    for (const auto& [first, second] : report.sameProjection) {
        text += line("warning: %zu and %zu have the same A (same seed?): their row spaces coincide, only masks keep them apart\n",
                     first + 1, second + 1);
    }
    for (const auto& pair : report.sameSeed) {
        if (std::find(report.sameProjection.begin(), report.sameProjection.end(), pair) == report.sameProjection.end()) {
            text += line("warning: A of %zu and %zu come from one seed: draw A from another seed to keep the tasks apart\n",
                         pair.first + 1, pair.second + 1);
        }
    }
    return text;
}

Answer compare(const Context& context, const std::vector<std::string>& folders, const std::string& model)
{
    std::vector<formats::AdapterFiles> adapters;
    adapters.reserve(folders.size());
    for (const std::string& folder : folders) {
        adapters.push_back(openAdapterFiles(context, folder, model, WantedAdapter::LowRank).value());
    }
    ProgressLine progress;
    const auto begin = std::chrono::steady_clock::now();
    const auto report =
        analysis::measureInterference(adapters, 0, [&](std::int64_t done, std::int64_t total) {
            const std::chrono::duration<double> past = std::chrono::steady_clock::now() - begin;
            progress.show("comparing", done, total, past.count() / static_cast<double>(done) * static_cast<double>(total - done));
            return true;
        }).value();
    progress.clear();
    return {jsonOf(report, folders), textOf(report, folders) + ignoredIn(adapters), 0};
}

} // namespace

void addInterferenceCommand(CLI::App& app, Context& context)
{
    const auto folders = std::make_shared<std::vector<std::string>>();
    const auto model = std::make_shared<std::string>();
    CLI::App* command =
        addCommand(app, context, "interference", "How adapters would meet in a merge, without the base model",
                   [folders, model, &context] { return guard([&] { return compare(context, *folders, *model); }); });
    command->add_option("adapters", *folders, "Two or more adapter folders or GGUF files")->required();
    command->add_option("--model", *model, kBaseForAdapter);
}

} // namespace lori::app
