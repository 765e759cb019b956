// SPDX-License-Identifier: Apache-2.0
#include "core/workers/merge_job.h"
#include "core/support/home.h"

#include "core/formats/model_files.h"
#include "core/merging/logit_proof.h"
#include "core/support/sha256.h"
#include "core/workers/adapter_files.h"
#include "core/workers/merge_report.h"
#include "core/workers/opened_model.h"
#include "core/workers/weight_search_job.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lori::workers {

namespace {

namespace fs = std::filesystem;

/// Throws when only some adapters have a weight, or all have one and a preset is named.
std::vector<double> weightsOf(const std::vector<WeightedAdapter>& adapters, const std::string& preset)
{
    const auto given = std::count_if(adapters.begin(), adapters.end(), [](const auto& a) { return a.weight.has_value(); });
    if (given > 0 && !preset.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "both weights and a preset are given", "leave one of them out", "--preset");
    }
    if (given == 0) {
        return merging::presetWeights(preset.empty() ? "equal" : preset, adapters.size()).value();
    }
    std::vector<double> weights;
    for (const WeightedAdapter& adapter : adapters) {
        if (!adapter.weight) {
            throw Exception(ErrorCode::InvalidArgument, "this adapter has no weight, but others have", "write ADAPTER=0.5",
                            adapter.folder);
        }
        weights.push_back(*adapter.weight);
    }
    return weights;
}

/// SHA-256 of an adapter's weights: of the file, or of the files in the order of their names.
std::string fingerprintOf(const fs::path& adapter)
{
    if (!fs::is_directory(adapter)) {
        return sha256OfFile(adapter).value();
    }
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(adapter)) {
        const std::string kind = entry.path().extension().string();
        if (entry.is_regular_file() && (kind == ".safetensors" || kind == ".bin") && entry.path().stem() != "mask") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    if (files.size() == 1) {
        return sha256OfFile(files.front()).value();
    }
    std::string all;
    for (const fs::path& file : files) {
        all += file.filename().string() + " " + sha256OfFile(file).value() + "\n";
    }
    return sha256Hex(all);
}

} // namespace

MergeJob::MergeJob(Home home, MergeJobOptions options) : m_home(std::move(home)), m_options(std::move(options))
{
    static_cast<void>(mergeOptions());
}

merging::MergeOptions MergeJob::mergeOptions() const
{
    merging::MergeOptions options;
    options.type = merging::mergeTypeFromName(m_options.method).value();
    options.mode = merging::mergeModeFromName(m_options.mode).value();
    options.signs = merging::signMethodFromName(m_options.signs).value();
    options.density = m_options.density;
    options.svdRank = m_options.svdRank;
    options.seed = static_cast<std::uint64_t>(m_options.seed);
    options.weights = weightsOf(m_options.adapters, m_options.preset);
    if (!m_options.model.empty()) {
        options.model = formats::resolveModel(m_home.root, m_options.model).value();
    }
    return options;
}

std::vector<formats::AdapterFiles> MergeJob::open() const
{
    std::vector<formats::AdapterFiles> adapters;
    adapters.reserve(m_options.adapters.size());
    for (const WeightedAdapter& adapter : m_options.adapters) {
        adapters.push_back(openAdapterFiles(m_home, adapter.folder, m_options.model, WantedAdapter::Any).value());
    }
    return adapters;
}

merging::MergePlan MergeJob::mergePlan() const
{
    return merging::planMerge(open(), mergeOptions()).value();
}

jobs::JobPlan MergeJob::plan()
{
    const merging::MergePlan merge = mergePlan();
    jobs::JobPlan plan;
    plan.what = "makes one adapter of " + std::to_string(m_options.adapters.size());
    plan.memoryBytes = static_cast<std::int64_t>(merge.workBytes);
    plan.notes = merge.notes;
    if (!m_options.out.empty()) {
        plan.writes.emplace_back(m_options.out);
    }
    return plan;
}

void MergeJob::prove(const fs::path& folder, jobs::JobResult& result) const
{
    const ModelChoice choice{.model = m_options.model, .device = m_options.device, .threads = m_options.threads};
    const OpenedModel opened = openModel(m_home, choice, GemmChoice::MostAccurate).value();
    const merging::LogitProof proof = merging::proveLogits(opened.base, folder).value();
    result.json["logits"] = {
        {"prompt", proof.prompt}, {"tokens", proof.tokens}, {"f32", proof.f32}, {"bf16", proof.bf16}, {"effect", proof.effect}};
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(), // NOLINT: fixed width
                  "merged into the weights, logits differ by at most %.2g (f32), %.2g (bf16); the adapter changes them by up to "
                  "%.3g\n",
                  proof.f32, proof.bf16, proof.effect);
    result.text += text.data();
}

jobs::JobResult MergeJob::work(jobs::JobContext& context)
{
    const std::vector<formats::AdapterFiles> adapters = open();
    merging::MergeOptions options = mergeOptions();
    jobs::JobResult result;
    if (m_options.search) {
        options.weights = searchWeights(m_home, m_options, *m_options.search, adapters, options, context, result);
    }
    const fs::path out = m_options.out.empty() ? context.folder().path() / "merged" : fs::path(m_options.out);
    if (m_options.out.empty()) {
        std::error_code ignored; // of an attempt that was killed after the merge and before its last word
        fs::remove_all(out, ignored);
    }
    const auto report = merging::mergeAdapters(
        adapters, options, out,
        [&](std::int64_t done, std::int64_t total, const merging::MergedModule&) { return context.goOn("merging", done, total); },
        m_options.masks.empty() ? merging::MaskSource{} : merging::masksFromFile(m_options.masks).value());
    context.rethrow();
    result.json.update(jsonOf(report.value()));
    result.text += textOf(*report);
    result.json["weights"] = options.weights;
    std::vector<std::string> parents;
    for (const WeightedAdapter& adapter : m_options.adapters) {
        parents.push_back(fingerprintOf(adapter.folder));
    }
    result.json["parents"] = parents;
    result.json["sha256"] = fingerprintOf(out);
    context.madeArtifact("merge", out, result.json["sha256"], static_cast<std::int64_t>(report->plan.fileBytes), parents);
    if (!m_options.model.empty()) {
        prove(out, result);
    }
    return result;
}

} // namespace lori::workers
