// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/merging/merge_options.h"
#include "core/merging/random_masks.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lori::merging {

/// What a merge will give, known before any tensor is computed.
struct MergePlan {
    MergeOptions options;
    MergeType computedAs =
        MergeType::Concat;          ///< what options.type comes to here, see README: `ties` of different A is `ties_svd`
    std::int64_t rank = 0;          ///< 0 for IA3
    std::uint64_t fileBytes = 0;    ///< of the merged adapter_model.safetensors, without its header
    std::int64_t modules = 0;       ///< of the merged adapter
    std::vector<std::size_t> group; ///< for each adapter: the first one with the same A in every module
    std::size_t groups = 0;         ///< how many different A there are
    bool lossless = false;          ///< the result is Σ wᵢ·sᵢ·Bᵢ·Aᵢ up to rounding
    bool needsFullMatrices = false; ///< computes ΔW as [out, in]: slow on large models
    std::uint64_t workBytes = 0;    ///< largest amount of memory that one module takes
    std::string loses;              ///< one sentence: what differs from the sum of the adapters
    std::vector<std::string> notes; ///< what a person should know: ignored tensors, PEFT's quirks that apply here
    std::string repeats;            ///< of the mode `Peft`: whose arithmetic this is, "PEFT 0.21.2"
};

/// One module of the merged adapter against Σ wᵢ·sᵢ·Bᵢ·Aᵢ in f64 (Frobenius norms).
struct MergedModule {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    double norm = 0;  ///< |Σ wᵢ·sᵢ·Bᵢ·Aᵢ|
    double error = 0; ///< |ΔW of the merge − Σ|
    /// error ÷ norm; 0 when both are 0, 1 when only the norm is.
    [[nodiscard]] double relative() const;
};
/// Distances over all modules.
struct MergeDistance {
    double total = 0; ///< relative, over the whole model
    double worst = 0; ///< largest relative of a module
};
struct MergeReport {
    MergePlan plan;
    std::vector<MergedModule> modules; ///< by layer, then projection
    MergeDistance loss;                ///< of the merge: what the type lost, or rounding alone
    MergeDistance self;                ///< the same machinery on the first adapter alone at weight 1 against that adapter's ΔW
    std::int64_t selfModules = 0;      ///< modules that the self-check covered: all, or one where full matrices are needed
    std::filesystem::path folder;      ///< empty when nothing was written
    double seconds = 0;
};

/// (done, total) modules and the module that was just done; false stops the work with Error Stopped and nothing is written.
/// Called from several threads, one at a time.
using MergeProgress = std::function<bool(std::int64_t done, std::int64_t total, const MergedModule& module)>;

/// Checks everything that can be checked and says what the merge gives.
/// Errors: InvalidArgument (no adapter, weights, density, svd rank), Mismatch (base models, modules, shapes, ranks where the type
/// needs equal ones), Unsupported (DoRA; IA3 by another type than linear; trained embeddings; in peft mode adapters of
/// different layers), BadFile (B zero everywhere).
[[nodiscard]] Result<MergePlan> planMerge(const std::vector<formats::AdapterFiles>& adapters, const MergeOptions& options);

/// Merges and writes a PEFT adapter folder (r = lora_alpha = the new rank) with lori.json; the folder appears whole. Modules are
/// worked on by several threads and written as they are made: memory holds a few modules, whatever the size of the model.
/// Before it answers it opens what it wrote and compares the bytes.
/// `masks` draws DARE's masks; the default draws them from options.seed, module by module.
/// Errors: those of planMerge; InvalidArgument (the output is one of the inputs), NonFinite (NaN or infinity, by module),
/// DiskFull, Io, Stopped.
[[nodiscard]] Result<MergeReport> mergeAdapters(const std::vector<formats::AdapterFiles>& adapters, const MergeOptions& options,
                                                const std::filesystem::path& folder, const MergeProgress& progress = {},
                                                const MaskSource& masks = {});
/// The same without writing: what a merge of this type would lose.
[[nodiscard]] Result<MergeReport> measureMerge(const std::vector<formats::AdapterFiles>& adapters, const MergeOptions& options,
                                               const MergeProgress& progress = {}, const MaskSource& masks = {});

/// Identity of an adapter, cheap: SHA-256 over rank, alpha and, per tensor, name, dtype, shape and its first and last 4 KiB.
[[nodiscard]] std::string adapterFingerprint(const formats::AdapterFiles& adapter);

} // namespace lori::merging
