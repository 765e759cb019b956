// SPDX-License-Identifier: Apache-2.0
// lori mask extract | stats.
#include "app/lori/command.h"
#include "core/analysis/mask_analysis.h"

#include <cmath>
#include <map>

namespace lori::app {

namespace {

struct MaskArguments {
    std::string path;
    std::string out;
    std::string scope = "model";
    std::string rule = "reference";
    double sparsity = 0.9;
};

nlohmann::ordered_json summaryJson(const analysis::MaskSummary& summary)
{
    nlohmann::ordered_json json{{"kept", summary.kept}, {"total", summary.total}};
    json["density"] = summary.total > 0 ? static_cast<double>(summary.kept) / static_cast<double>(summary.total) : 0.0;
    if (std::isfinite(summary.threshold)) {
        json["threshold"] = summary.threshold;
    }
    json["modules"] = nlohmann::ordered_json::array();
    for (const analysis::ModuleKept& module : summary.modules) {
        json["modules"].push_back({{"layer", module.layer},
                                   {"projection", std::string(experiment::projectionName(module.projection))},
                                   {"kept", module.kept},
                                   {"total", module.total}});
    }
    return json;
}

Answer answerFor(const formats::Mask& mask)
{
    const analysis::MaskSummary summary = analysis::summarize(mask);
    Answer answer;
    answer.json = summaryJson(summary);
    answer.json["sparsity"] = mask.sparsity;
    answer.json["scope"] = mask.scope;
    answer.json["rule"] = mask.rule;
    answer.text = "kept " + std::to_string(summary.kept) + " of " + std::to_string(summary.total) + "\n";
    std::int64_t layer = -1;
    for (const analysis::ModuleKept& module : summary.modules) {
        if (module.layer != layer) {
            layer = module.layer;
            answer.text += "\nlayer " + std::to_string(layer) + ":";
        }
        const double share = 100.0 * static_cast<double>(module.kept) / static_cast<double>(module.total);
        answer.text +=
            " " + std::string(experiment::projectionName(module.projection)) + " " + std::to_string(std::lround(share)) + "%";
    }
    answer.text += "\n";
    return answer;
}

Answer extract(const MaskArguments& a)
{
    experiment::RunConfig scratch; // its JSON words name scopes and rules, so both speak the same language
    experiment::StageConfig stage;
    stage.kind = experiment::StageKind::Mask;
    scratch.stages = {stage};
    experiment::setField(scratch, "stages[0].mask.scope", a.scope).value();
    experiment::setField(scratch, "stages[0].mask.rule", a.rule).value();
    scratch.stages[0].mask.sparsity = a.sparsity;
    for (const experiment::ConfigIssue& issue : experiment::validate(scratch)) {
        if (issue.path == "stages[0].mask.sparsity") {
            throw Exception(ErrorCode::InvalidArgument, issue.problem, issue.hint, "--sparsity");
        }
    }
    const formats::AdapterFiles adapter = formats::openAdapter(a.path).value();
    const formats::Mask mask = analysis::extractMask(adapter, scratch.stages[0].mask).value();
    std::filesystem::create_directories(a.out);
    const std::filesystem::path file = std::filesystem::path(a.out) / "mask.safetensors";
    formats::writeMask(file, mask).value();
    Answer answer = answerFor(mask);
    answer.json["file"] = file.string();
    answer.text = file.string() + "\n" + answer.text;
    return answer;
}

} // namespace

void addMaskCommands(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<MaskArguments>();
    CLI::App* mask = app.add_subcommand("mask", "Masks over B: extract, statistics");
    mask->require_subcommand(1);
    CLI::App* make = addCommand(*mask, context, "extract", "The largest |B| of an adapter as a mask",
                                [a] { return guard([&] { return extract(*a); }); });
    make->add_option("adapter", a->path, "LoRI-D (or any LoRA) adapter folder")->required();
    make->add_option("--sparsity", a->sparsity, "Share that stays zero, 0 to 0.999")->capture_default_str();
    make->add_option("--scope", a->scope, "Over what the largest are counted")
        ->check(CLI::IsMember({"model", "module", "projection", "layer", "matrix"}))
        ->capture_default_str();
    make->add_option("--rule", a->rule, "reference keeps ties, exact-k keeps the exact count")
        ->check(CLI::IsMember({"reference", "exact-k"}))
        ->capture_default_str();
    make->add_option("--out", a->out, "Folder for mask.safetensors")->required();
    CLI::App* show = addCommand(*mask, context, "stats", "Kept entries per module of a mask file",
                                [a] { return guard([&] { return answerFor(formats::readMask(a->path).value()); }); });
    show->add_option("mask", a->path, "mask.safetensors")->required();
}

} // namespace lori::app
