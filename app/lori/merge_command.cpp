// SPDX-License-Identifier: Apache-2.0
// lori merge: several adapters become one.
#include "app/lori/job_session.h"
#include "app/lori/model_options.h"
#include "app/lori/queueing.h"
#include "core/workers/merge_job.h"
#include "core/workers/merge_report.h"

#include <charconv>

namespace lori::app {

namespace {

struct MergeArguments {
    std::vector<std::string> adapters;
    bool plan = false;
    bool searches = false;
    ModelOptions model;
    workers::MergeJobOptions options;
    workers::SearchOptions search;
};

/// "FOLDER=0.5"; a folder whose own name has a "=" and no number after it is a folder.
workers::WeightedAdapter parseAdapter(const std::string& text)
{
    const std::size_t at = text.rfind('=');
    if (at == std::string::npos || std::filesystem::exists(text)) {
        return {absolutePath(text), std::nullopt};
    }
    double weight = 0;
    const char* end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data() + at + 1, end, weight);
    if (problem != std::errc() || rest != end) {
        throw Exception(ErrorCode::InvalidArgument, "'" + text.substr(at + 1) + "' is no weight", "write ADAPTER=0.5", text);
    }
    return {absolutePath(text.substr(0, at)), weight};
}

Result<Answer> merge(const Context& context, const MergeArguments& a)
{
    workers::MergeJobOptions options = a.options;
    options.model = absolutePath(a.model.model);
    options.device = a.model.device;
    options.threads = a.model.threads;
    options.masks = absolutePath(options.masks);
    if (a.searches) {
        options.search = a.search;
        for (std::string& file : options.search->files) {
            file = absolutePath(file);
        }
    }
    const auto prepared = guard([&] {
        for (const std::string& text : a.adapters) {
            options.adapters.push_back(parseAdapter(text));
        }
        workers::MergeJob job(context.home, options);
        if (a.plan) {
            const merging::MergePlan plan = job.mergePlan();
            return std::optional<Answer>({workers::jsonOf(plan), workers::textOf(plan), 0});
        }
        if (options.out.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "where the merged adapter goes is not said", "add --out FOLDER", "--out");
        }
        return std::optional<Answer>();
    });
    if (!prepared) {
        return prepared.error();
    }
    if (*prepared) {
        return **prepared;
    }
    options.out = std::filesystem::absolute(options.out).lexically_normal().string();
    return workAsJob(context, "merge", std::filesystem::path(options.out).filename().string(), events::fieldsOf(options));
}

} // namespace

void addMergeCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<MergeArguments>();
    a->model.model.clear();
    CLI::App* command =
        addCommand(app, context, "merge", "Make one adapter of several", [a, &context] { return merge(context, *a); });
    command->add_option("adapters", a->adapters, "Adapter folders, each with =WEIGHT, or none with it")->required();
    command->add_option("--method", a->options.method, "One of " + merging::mergeTypeNames())->capture_default_str();
    command
        ->add_option("--mode", a->options.mode,
                     std::string("exact: acts on the changes themselves; peft: as ") + merging::kPeftVersion + " does")
        ->capture_default_str();
    command->add_option("--preset", a->options.preset, "Weights: equal, lori-d, lori-s (the paper's for 3 or 4 adapters)");
    command->add_option("--density", a->options.density, "Share of the entries that pruning keeps")->capture_default_str();
    command->add_option("--signs", a->options.signs, "How TIES elects signs: total or frequency")->capture_default_str();
    command->add_option("--svd-rank", a->options.svdRank, "Rank after a decomposition, 0 = the largest of the adapters");
    command->add_option("--seed", a->options.seed, "Of the random masks")->capture_default_str();
    command->add_option("--masks", a->options.masks, "Take the random masks from a safetensors file instead");
    command->add_option("--out", a->options.out, "Folder of the merged adapter");
    command->add_flag("--plan", a->plan, "Only say what the merge would give");
    a->model.addTo(*command, false);
    command->add_flag("--search-weights", a->searches, "Try some weights and take those with the lowest loss of held-out rows");
    command->add_option("--task", a->search.tasks, "Held-out rows of a starter task, for the search");
    command->add_option("--data", a->search.files, "Rows of a file, for the search");
    command->add_option("--rows", a->search.rows, "Rows of each source")->check(CLI::Range(1, 100000))->capture_default_str();
    addQueueOptions(*command, context);
}

} // namespace lori::app
