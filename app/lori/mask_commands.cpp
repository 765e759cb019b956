// SPDX-License-Identifier: Apache-2.0
// lori mask extract | import | stats | compare.
#include "app/lori/command.h"
#include "app/lori/job_session.h"
#include "app/lori/mask_answers.h"
#include "app/lori/model_options.h"
#include "app/lori/queueing.h"
#include "core/analysis/mask_source.h"
#include "core/experiment/config_issue.h"
#include "core/workers/adapter_files.h"

#include <cmath>

namespace lori::app {

namespace {

struct MaskArguments {
    std::string path;
    std::vector<std::string> paths;
    std::vector<std::string> avoid;
    std::string out;
    std::string model;
    std::string scope = "model";
    std::string rule = "reference";
    std::string avoidRule = "choose-free";
    double sparsity = 0.9;
};

experiment::MaskConfig configOf(const MaskArguments& a)
{
    experiment::RunConfig scratch; // its JSON words name scopes and rules, so both speak the same language
    experiment::StageConfig stage;
    stage.kind = experiment::StageKind::Mask;
    scratch.stages = {stage};
    experiment::setField(scratch, "stages[0].mask.scope", a.scope).value();
    experiment::setField(scratch, "stages[0].mask.rule", a.rule).value();
    experiment::setField(scratch, "stages[0].mask.avoidRule", a.avoidRule).value();
    scratch.stages[0].mask.sparsity = a.sparsity;
    for (const experiment::ConfigIssue& issue : experiment::validate(scratch)) {
        if (issue.path == "stages[0].mask.sparsity") {
            throw Exception(ErrorCode::InvalidArgument, issue.problem, issue.hint, "--sparsity");
        }
    }
    return scratch.stages[0].mask;
}

std::vector<formats::Mask> masksOf(const std::vector<std::string>& paths)
{
    std::vector<formats::Mask> masks;
    masks.reserve(paths.size());
    for (const std::string& path : paths) {
        masks.push_back(analysis::readMaskSource(path).value());
    }
    return masks;
}

/// Writes the mask last, when nothing can be refused any more.
Answer written(const formats::Mask& mask, const std::string& folder)
{
    std::filesystem::create_directories(folder);
    const std::filesystem::path file = std::filesystem::path(folder) / "mask.safetensors";
    formats::writeMask(file, mask).value();
    Answer answer = answerFor(mask);
    answer.json["file"] = file.string();
    answer.text = file.string() + "\n" + answer.text;
    return answer;
}

/// Ties keep more than was asked for; with B = 0, as before any training, all of them tie.
void addTies(Answer& answer, const formats::Mask& mask)
{
    const auto total = static_cast<double>(mask.total());
    const auto kept = static_cast<double>(mask.kept());
    if (kept <= 1.01 * (1 - mask.sparsity) * total + 1) {
        return;
    }
    const std::string share = std::to_string(static_cast<int>(std::lround(100 * kept / total)));
    const std::string warning = mask.threshold == 0
                                    ? "the mask keeps " + share +
                                          " % of the entries, because most of B is 0: the adapter is not trained, or "
                                          "is sparse already"
                                    : "the mask keeps " + share +
                                          " % of the entries, because many have the same size: the rule exact-k "
                                          "keeps no more than asked for";
    answer.json["tiesWarning"] = warning; // beside "warning", which says that too few entries were free
    answer.text += "warning: " + warning + "\n";
}

Answer extract(const Context& context, const MaskArguments& a)
{
    const experiment::MaskConfig config = configOf(a);
    const formats::AdapterFiles adapter =
        workers::openAdapterFiles(context.home, a.path, a.model, workers::WantedAdapter::LowRank).value();
    const analysis::FreeMask found = analysis::extractFreeMask(adapter, config, masksOf(a.avoid)).value();
    Answer answer = written(found.mask, a.out);
    addIgnored(answer, adapter.tensorsBeside());
    addTies(answer, found.mask);
    if (!a.avoid.empty()) {
        addAvoided(answer, found);
    }
    return answer;
}

Answer importMask(const MaskArguments& a)
{
    return written(analysis::readMaskSource(a.path).value(), a.out);
}

void addExtract(CLI::App& mask, Context& context, const std::shared_ptr<MaskArguments>& a)
{
    CLI::App* make = addCommand(mask, context, "extract", "The largest |B| of an adapter as a mask",
                                [a, &context] { return guard([&] { return extract(context, *a); }); });
    make->add_option("adapter", a->path, "LoRI-D (or any LoRA) adapter folder or GGUF file")->required();
    make->add_option("--model", a->model, kBaseForAdapter);
    make->add_option("--sparsity", a->sparsity, "Share that stays zero, 0 to 0.999")->capture_default_str();
    make->add_option("--scope", a->scope, "Over what the largest are counted")
        ->check(CLI::IsMember({"model", "module", "projection", "layer", "matrix"}))
        ->capture_default_str();
    make->add_option("--rule", a->rule, "reference keeps ties, exact-k keeps the exact count")
        ->check(CLI::IsMember({"reference", "exact-k"}))
        ->capture_default_str();
    make->add_option("--avoid", a->avoid, "Take only entries that this mask, *_mask.pt or LoRI-S adapter leaves free; repeatable")
        ->allow_extra_args(false);
    make->add_option("--avoid-rule", a->avoidRule, "choose-free takes the largest free entries, remove gives up what is in use")
        ->check(CLI::IsMember({"choose-free", "remove"}))
        ->capture_default_str();
    make->add_option("--out", a->out, "Folder for mask.safetensors")->required();
}

} // namespace

void addMaskCommands(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<MaskArguments>();
    CLI::App* mask = app.add_subcommand("mask", "Masks over B: extract, import, statistics, comparison");
    mask->require_subcommand(1);
    addExtract(*mask, context, a);
    CLI::App* take =
        addCommand(*mask, context, "import", "A published *_mask.pt, or a LoRI-S adapter's entries, as mask.safetensors",
                   [a] { return guard([&] { return importMask(*a); }); });
    take->add_option("file", a->path, "*_mask.pt, mask.safetensors or adapter folder")->required();
    take->add_option("--out", a->out, "Folder for mask.safetensors")->required();
    CLI::App* show = addCommand(*mask, context, "stats", "Kept entries per module, layer and projection",
                                [a] { return guard([&] { return answerFor(analysis::readMaskSource(a->path).value()); }); });
    show->add_option("mask", a->path, "mask.safetensors, *_mask.pt or adapter folder")->required();
    CLI::App* compare =
        addCommand(*mask, context, "compare", "Overlap of masks, beside what independent masks would share", [a, &context] {
            const workers::CompareMasksOptions options{absolutePaths(a->paths)};
            return workAsJob(context, "compare-masks", "Mask comparison", events::fieldsOf(options));
        });
    compare->add_option("masks", a->paths, "Two or more: mask.safetensors, *_mask.pt or adapter folders")->required();
    addQueueOptions(*compare, context);
}

} // namespace lori::app
