// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"
#include "core/formats/tensor_stream.h"
#include "core/vocabulary/adapter_kind.h"
#include "core/vocabulary/model_shape.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

struct ModelFiles;

/// One adapter of a merge.
struct MergedAdapter {
    std::string name;
    double weight = 0;
    std::string method;      ///< of its own record; "" when it had none
    std::string fingerprint; ///< of its tensors (merging::adapterFingerprint)
};
/// How a merged adapter came about.
struct MergeRecord {
    std::string type; ///< "concat", "linear", "svd" …
    std::string mode; ///< "exact" or "peft"
    double density = 1;
    std::string signs; ///< "total", "frequency", or "" when no signs were elected
    std::uint64_t seed = 0;
    std::vector<MergedAdapter> adapters;
    std::string repeats = {}; ///< of the mode "peft": the version whose arithmetic this is, "PEFT 0.21.2"
};

/// How the base model's class calls and cuts its layers (formats/stored_modules.h).
struct AdapterPlace {
    std::string family;
    std::string modulePrefix = "model.";      ///< ModelFiles::modulePrefix
    std::array<std::int64_t, 7> rows{};       ///< of each projection's W [out, in], in the order of Projection
    [[nodiscard]] bool isProgramsOwn() const; ///< the class calls and cuts everything as this program does
    [[nodiscard]] std::int64_t rowsOf(Projection projection) const { return rows.at(static_cast<std::size_t>(projection)); }
    bool operator==(const AdapterPlace&) const = default;
};
[[nodiscard]] AdapterPlace adapterPlace(std::string family, std::string modulePrefix, const ModelShape& shape);

/// lori.json beside PEFT's two files (design §7).
struct AdapterRecord {
    std::string method; ///< "lori-d", "lori-s", "lora", "merged" …
    double sparsity = 0;
    std::string maskScope; ///< "" when dense
    std::uint64_t projectionSeed = 0;
    std::int64_t orthogonalBlock = -1; ///< experiment::AdapterConfig::orthogonalBlock
    std::string projectionHash;        ///< SHA-256 over all A, f32 little endian, module order
    std::string baseFingerprint;
    std::string parentRun;
    std::string program;
    std::optional<MergeRecord> merge = std::nullopt; ///< only when the method is "merged"
    /// Where the file's names or cuts are not this program's own, so that the adapter can be read without its base.
    std::optional<AdapterPlace> place = std::nullopt;
};

/// One adapted module. Which tensors there are, the adapter's kind says. Its rank is a's.
struct AdapterModule {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    const TensorView* a = nullptr;              ///< [rank, in]
    const TensorView* b = nullptr;              ///< [out, rank]
    const TensorView* magnitude = nullptr;      ///< DoRA: [out]
    const TensorView* scale = nullptr;          ///< IA3: [out, 1], or [1, in] for a feed-forward module
    std::optional<double> alpha = std::nullopt; ///< where alpha_pattern gives the module one of its own
};

/// A tensor of the base model that was saved along: an embedding, a head, a norm. See checkSavedTensors().
struct SavedTensor {
    std::string name; ///< as the base model calls it: "model.embed_tokens.weight"
    const TensorView* view = nullptr;
};

/// A folder that is opened as an adapter is never AdapterKind::Weights.
using lori::AdapterKind;
/// The file in an adapter's folder that holds its tensors: "adapter_model.safetensors", or "model.safetensors" for Weights.
[[nodiscard]] constexpr const char* adapterFileName(AdapterKind kind)
{
    return kind == AdapterKind::Weights ? "model.safetensors" : "adapter_model.safetensors";
}

/// A PEFT adapter folder, mapped. Modules are sorted by layer, then projection.
struct AdapterFiles {
    std::filesystem::path folder;
    AdapterKind kind = AdapterKind::LowRank;
    std::int64_t rank = 0; ///< of the modules that have none of their own; 0 for IA3
    double alpha = 0;      ///< likewise
    bool useRslora = false;
    std::string baseModel; ///< base_model_name_or_path
    std::vector<Projection> targets;
    std::vector<Projection> feedForward; ///< IA3: targets that are scaled at their input
    std::unique_ptr<TensorFile> tensors;
    std::vector<AdapterModule> modules;
    std::optional<AdapterRecord> record;     ///< absent in adapters made elsewhere
    std::optional<AdapterPlace> place;       ///< where the file's names or cuts are not this program's own
    std::vector<SavedTensor> savedTensors;   ///< of the base model, saved along
    std::vector<std::string> ignoredTensors; ///< that PEFT leaves unread too: masks, and modules the configuration does not name
    bool everyLayer = true;                  ///< the configuration names projections, and no layers, places or exceptions
    [[nodiscard]] double scaling() const;    ///< alpha / rank, or alpha / sqrt(rank)
    /// The same with the module's own rank and alpha.
    [[nodiscard]] double scaling(const AdapterModule& module) const;
    [[nodiscard]] bool hasOwnRanks() const; ///< some module's rank or scaling is not the others'
    /// Names, as the file has them, of all that is no part of the low-rank change: ignoredTensors and savedTensors.
    [[nodiscard]] std::vector<std::string> tensorsBeside() const;
};
/// Opens an adapter's folder, or the folder above the only adapter in it: adapter_model.safetensors, its shards, or
/// adapter_model.bin (without running anything of it). Which modules count, and their ranks and scalings, is decided as PEFT 0.21
/// does. Every applied tensor is looked through for NaN.
/// Errors: NotFound, BadFile (NaN, empty tensors …), Mismatch (shapes), Unsupported (whatever is set in the configuration and
/// not computed here, by name).
/// A GGUF file that llama.cpp reads as an adapter is opened too (gguf_adapter.h); `base` is only needed for those.
[[nodiscard]] Result<AdapterFiles> openAnyAdapter(const std::filesystem::path& folder, const ModelShape* base = nullptr);
/// The same for those that only know W + scaling · B · A: every module then has `a` and `b`, and Unsupported names DoRA and IA3.
[[nodiscard]] Result<AdapterFiles> openAdapter(const std::filesystem::path& folder, const ModelShape* base = nullptr);
/// Whether the adapter can sit on a base of this shape. Errors: Mismatch, naming the module, its shape and the base's.
[[nodiscard]] Result<void> checkAdapterFits(const AdapterFiles& adapter, const ModelShape& base);
/// Tensors of the base model that were saved along may be left out only where they are the base model's own, entry by entry.
/// Errors: Unsupported, naming the first that is not; Mismatch for another vocabulary.
[[nodiscard]] Result<void> checkSavedTensors(const AdapterFiles& adapter, const ModelFiles& base);

/// A module with its rank and alpha, for configurations that must name them one by one.
struct ModuleToWrite {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t rank = 0;
    double alpha = 0;
};
struct AdapterToWrite {
    std::int64_t rank = 0; ///< not used by IA3, as alpha
    double alpha = 0;
    std::string baseModel;
    std::vector<Projection> targets;
    std::vector<TensorToWrite> tensors; ///< PEFT keys: base_model.model.model.layers.N.self_attn.q_proj.lora_A.weight …
    AdapterRecord record;
    AdapterKind kind = AdapterKind::LowRank;
    bool useRslora = false;
    std::vector<Projection> feedForward{}; ///< IA3
    /// When the adapter does not sit on all targets of all layers, or ranks differ: every module, else empty.
    std::vector<ModuleToWrite> modules{};
    std::optional<AdapterPlace> place = std::nullopt; ///< names and fuses as the base's class does
};
/// Writes adapter_config.json (every field PEFT needs, method.md §2.4), adapter_model.safetensors and lori.json; the folder
/// appears whole (made under a temporary name, then renamed; an older folder of that name is replaced).
[[nodiscard]] Result<void> writeAdapter(const std::filesystem::path& folder, const AdapterToWrite& adapter);
/// The same, with the tensors planned and then handed over while they are made; `adapter.tensors` is not used. Names are this
/// program's, whatever `place` says; see useNamesOfClass().
[[nodiscard]] Result<void> streamAdapter(const std::filesystem::path& folder, const AdapterToWrite& adapter,
                                         const std::vector<PlannedTensor>& tensors, const TensorProducer& produce);
/// Writes a streamed adapter again under the names of its base's class, so that PEFT can use it; does nothing without a place.
[[nodiscard]] Result<void> useNamesOfClass(const std::filesystem::path& folder, const AdapterToWrite& adapter);
/// Writes a fully fine-tuned model's weights: model.safetensors under Hugging Face names, and lori.json. The folder appears
/// whole.
[[nodiscard]] Result<void> writeTrainedModel(const std::filesystem::path& folder, const std::vector<TensorToWrite>& tensors,
                                             const AdapterRecord& record);
/// lori.json of a folder. Errors: NotFound, BadFile, NewerVersion.
[[nodiscard]] Result<AdapterRecord> readAdapterRecord(const std::filesystem::path& folder);
/// "base_model.model.model.layers.3.mlp.up_proj.lora_B.weight"
[[nodiscard]] std::string peftKey(std::int64_t layer, Projection projection, char matrix);
/// "base_model.model.model.layers.3.mlp.up_proj.lora_magnitude_vector" (PEFT writes it without ".weight")
[[nodiscard]] std::string peftMagnitudeKey(std::int64_t layer, Projection projection);
/// "base_model.model.model.layers.3.mlp.down_proj.ia3_l"
[[nodiscard]] std::string peftIa3Key(std::int64_t layer, Projection projection);

/// A mask over the B of one module: bit o·rank + r of `bits` (least significant bit first) is 1 when B[o, r] is trained.
struct ModuleMask {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<std::uint8_t> bits; ///< ceil(out·rank / 8) bytes
    [[nodiscard]] bool test(std::int64_t index) const
    {
        return ((bits[static_cast<std::size_t>(index >> 3)] >> (index & 7)) & 1) != 0;
    }
    [[nodiscard]] std::int64_t kept() const;
};
/// mask.safetensors: one U8 tensor per module, shapes in the metadata, with the settings that made it.
struct Mask {
    double sparsity = 0;
    std::string scope;
    std::string rule;
    double threshold = 0;            ///< NaN when the scope has several
    std::vector<ModuleMask> modules; ///< sorted by layer, then projection
    [[nodiscard]] std::int64_t kept() const;
    [[nodiscard]] std::int64_t total() const;
};
[[nodiscard]] Result<void> writeMask(const std::filesystem::path& file, const Mask& mask);
/// A mask of this program, or one that the authors of LoRI publish (`*_mask.pt`), told by content. The latter does not say its
/// settings: sparsity and scope are told from the counts (scope "unknown" when they fit none), the threshold is NaN.
/// Errors: NotFound, BadFile, Unsupported (what a pickle names beside tensors, by name), NewerVersion.
[[nodiscard]] Result<Mask> readMask(const std::filesystem::path& file);

} // namespace lori::formats
