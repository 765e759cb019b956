// SPDX-License-Identifier: Apache-2.0
// lori merge: several adapters become one.
#include "app/lori/adapter_files.h"
#include "app/lori/merge_search.h"
#include "app/lori/opened_model.h"
#include "app/lori/progress_line.h"
#include "core/merging/logit_proof.h"
#include "core/merging/merge.h"

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>

namespace lori::app {

namespace {

using nlohmann::ordered_json;

struct MergeArguments {
    std::vector<std::string> adapters;
    std::string method = "concat";
    std::string mode = "exact";
    std::string signs = "total";
    std::string preset;
    std::string out;
    std::string masks;
    bool plan = false;
    ModelOptions model;
    merging::MergeOptions options;
    SearchArguments search;
};

std::atomic<bool> stopAsked = false;

void onSignal(int)
{
    stopAsked = true;
}

/// "FOLDER=0.5"; a folder whose own name has a "=" and no number after it is a folder.
struct NamedAdapter {
    std::string folder;
    std::optional<double> weight;
};

NamedAdapter parseAdapter(const std::string& text)
{
    const std::size_t at = text.rfind('=');
    if (at == std::string::npos || std::filesystem::exists(text)) {
        return {text, std::nullopt};
    }
    double weight = 0;
    const char* end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data() + at + 1, end, weight);
    if (problem != std::errc() || rest != end) {
        throw Exception(ErrorCode::InvalidArgument, "'" + text.substr(at + 1) + "' is no weight", "write ADAPTER=0.5", text);
    }
    return {text.substr(0, at), weight};
}

std::vector<double> weightsOf(const std::vector<NamedAdapter>& named, const std::string& preset)
{
    const auto given = std::count_if(named.begin(), named.end(), [](const NamedAdapter& a) { return a.weight.has_value(); });
    if (given > 0 && !preset.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "both weights and a preset are given", "leave one of them out", "--preset");
    }
    if (given == 0) {
        return merging::presetWeights(preset.empty() ? "equal" : preset, named.size()).value();
    }
    std::vector<double> weights;
    for (const NamedAdapter& adapter : named) {
        if (!adapter.weight) {
            throw Exception(ErrorCode::InvalidArgument, "this adapter has no weight, but others have", "write ADAPTER=0.5",
                            adapter.folder);
        }
        weights.push_back(*adapter.weight);
    }
    return weights;
}

ordered_json jsonOf(const merging::MergePlan& plan)
{
    ordered_json json{{"method", merging::mergeTypeName(plan.options.type)},
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
    return json;
}

ordered_json jsonOf(const merging::MergeDistance& distance)
{
    return {{"total", distance.total}, {"worst", distance.worst}};
}

ordered_json jsonOf(const merging::MergeReport& report)
{
    ordered_json json;
    json["folder"] = report.folder.string();
    json["plan"] = jsonOf(report.plan);
    json["loss"] = jsonOf(report.loss);
    json["self"] = jsonOf(report.self);
    json["self"]["modules"] = report.selfModules;
    json["seconds"] = report.seconds;
    json["modules"] = ordered_json::array();
    for (const merging::MergedModule& module : report.modules) {
        json["modules"].push_back({{"layer", module.layer},
                                   {"projection", std::string(experiment::projectionName(module.projection))},
                                   {"norm", module.norm},
                                   {"error", module.error},
                                   {"relative", module.relative()}});
    }
    return json;
}

std::string line(const char* format, auto... values)
{
    char text[256];
    std::snprintf(text, sizeof(text), format, values...);
    return text;
}

std::string textOf(const merging::MergePlan& plan)
{
    const std::string mode = plan.repeats.empty() ? merging::mergeModeName(plan.options.mode) : "as " + plan.repeats;
    std::string text =
        line("%s, %s: rank %lld, %lld modules, %.1f MB\n", merging::mergeTypeName(plan.options.type), mode.c_str(),
             static_cast<long long>(plan.rank), static_cast<long long>(plan.modules), static_cast<double>(plan.fileBytes) / 1e6);
    text += "loses: " + plan.loses + "\n";
    for (const std::string& note : plan.notes) {
        text += "note: " + note + "\n";
    }
    return text;
}

std::string textOf(const merging::MergeReport& report)
{
    std::string text = textOf(report.plan);
    text += line("differs from the weighted sum by %.3g of its size, at most %.3g in a module\n", report.loss.total,
                 report.loss.worst);
    text += line("self-check: the first adapter alone at weight 1 comes back within %.3g (%lld modules)\n", report.self.total,
                 static_cast<long long>(report.selfModules));
    text += report.folder.string() + line("  %.1f s\n", report.seconds);
    return text;
}

void proveLogits(const Context& context, const MergeArguments& a, Answer& answer)
{
    const OpenedModel opened = openModel(context, a.model, GemmChoice::MostAccurate).value();
    const merging::LogitProof proof = merging::proveLogits(opened.base, a.out).value();
    answer.json["logits"] = {
        {"prompt", proof.prompt}, {"tokens", proof.tokens}, {"f32", proof.f32}, {"bf16", proof.bf16}, {"effect", proof.effect}};
    answer.text +=
        line("merged into the weights, logits differ by at most %.2g (f32), %.2g (bf16); the adapter changes them by up "
             "to %.3g\n",
             proof.f32, proof.bf16, proof.effect);
}

Answer merge(const Context& context, MergeArguments a)
{
    merging::MergeOptions& options = a.options;
    options.type = merging::mergeTypeFromName(a.method).value();
    options.mode = merging::mergeModeFromName(a.mode).value();
    options.signs = merging::signMethodFromName(a.signs).value();
    std::vector<NamedAdapter> named;
    std::vector<formats::AdapterFiles> adapters;
    for (const std::string& text : a.adapters) {
        named.push_back(parseAdapter(text));
        adapters.push_back(openAdapterFiles(context, named.back().folder, a.model.model, WantedAdapter::Any).value());
    }
    options.weights = weightsOf(named, a.preset);
    if (!a.model.model.empty()) {
        options.model = formats::resolveModel(context.home.root, a.model.model).value();
    }
    if (a.plan) {
        const merging::MergePlan plan = merging::planMerge(adapters, options).value();
        return {jsonOf(plan), textOf(plan), 0};
    }
    if (a.out.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "where the merged adapter goes is not said", "add --out FOLDER", "--out");
    }
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    Answer answer;
    if (a.search.wanted) {
        options.weights = searchWeights(context, a.model, a.search, adapters, options, stopAsked, answer);
    }
    ProgressLine progress;
    const auto begin = std::chrono::steady_clock::now();
    const auto report = merging::mergeAdapters(
        adapters, options, a.out,
        [&](std::int64_t done, std::int64_t total, const merging::MergedModule&) {
            const std::chrono::duration<double> past = std::chrono::steady_clock::now() - begin;
            progress.show("merging", done, total, past.count() / static_cast<double>(done) * static_cast<double>(total - done));
            return !stopAsked;
        },
        a.masks.empty() ? merging::MaskSource{} : merging::masksFromFile(a.masks).value());
    progress.clear();
    if (!report && report.error().code == ErrorCode::Stopped) {
        throw Exception(ErrorCode::Interrupted, "the merge was interrupted and nothing was written", "", "");
    }
    answer.json.update(jsonOf(report.value()));
    answer.text += textOf(*report);
    answer.json["weights"] = options.weights;
    if (!a.model.model.empty()) {
        proveLogits(context, a, answer);
    }
    return answer;
}

} // namespace

void addMergeCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<MergeArguments>();
    a->model.model.clear();
    CLI::App* command = addCommand(app, context, "merge", "Make one adapter of several",
                                   [a, &context] { return guard([&] { return merge(context, *a); }); });
    command->add_option("adapters", a->adapters, "Adapter folders, each with =WEIGHT, or none with it")->required();
    command->add_option("--method", a->method, "concat, linear, svd, magnitude, ties, dare_linear, dare_ties, or a *_svd form")
        ->capture_default_str();
    command
        ->add_option("--mode", a->mode,
                     std::string("exact: acts on the changes themselves; peft: as ") + merging::kPeftVersion + " does")
        ->capture_default_str();
    command->add_option("--preset", a->preset, "Weights: equal, lori-d, lori-s (the paper's for 3 or 4 adapters)");
    command->add_option("--density", a->options.density, "Share of the entries that pruning keeps")->capture_default_str();
    command->add_option("--signs", a->signs, "How TIES elects signs: total or frequency")->capture_default_str();
    command->add_option("--svd-rank", a->options.svdRank, "Rank after a decomposition, 0 = the largest of the adapters");
    command->add_option("--seed", a->options.seed, "Of the random masks")->capture_default_str();
    command->add_option("--masks", a->masks, "Take the random masks from a safetensors file instead");
    command->add_option("--out", a->out, "Folder of the merged adapter");
    command->add_flag("--plan", a->plan, "Only say what the merge would give");
    a->model.addTo(*command, false);
    a->search.addTo(*command);
}

} // namespace lori::app
