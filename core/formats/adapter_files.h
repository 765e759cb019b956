// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/model_shape.h"
#include "core/experiment/run_config.h"
#include "core/formats/tensor_file.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

/// lori.json beside PEFT's two files (design §7).
struct AdapterRecord {
    std::string method; ///< "lori-d", "lori-s", "lora"
    double sparsity = 0;
    std::string maskScope; ///< "" when dense
    std::uint64_t projectionSeed = 0;
    std::string projectionHash; ///< SHA-256 over all A, f32 little endian, module order
    std::string baseFingerprint;
    std::string parentRun;
    std::string program;
};

/// One adapted module.
struct AdapterModule {
    std::int64_t layer = 0;
    experiment::Projection projection = experiment::Projection::Q;
    const TensorView* a = nullptr; ///< [rank, in]
    const TensorView* b = nullptr; ///< [out, rank]
};

/// A PEFT adapter folder, mapped. Modules are sorted by layer, then projection.
struct AdapterFiles {
    std::filesystem::path folder;
    std::int64_t rank = 0;
    double alpha = 0;
    bool useRslora = false;
    std::string baseModel; ///< base_model_name_or_path
    std::vector<experiment::Projection> targets;
    std::unique_ptr<TensorFile> tensors;
    std::vector<AdapterModule> modules;
    std::optional<AdapterRecord> record;     ///< absent in adapters made elsewhere
    std::vector<std::string> ignoredTensors; ///< resized embeddings and the like, named so that the caller can tell
    [[nodiscard]] double scaling() const;    ///< alpha / rank, or alpha / sqrt(rank)
};
/// Errors: NotFound, BadFile, Mismatch (shapes), Unsupported (DoRA, IA3 and other kinds, by name).
[[nodiscard]] Result<AdapterFiles> openAdapter(const std::filesystem::path& folder);
/// Whether the adapter can sit on a base of this shape. Errors: Mismatch, naming the module, its shape and the base's.
[[nodiscard]] Result<void> checkAdapterFits(const AdapterFiles& adapter, const experiment::ModelShape& base);

struct AdapterToWrite {
    std::int64_t rank = 0;
    double alpha = 0;
    std::string baseModel;
    std::vector<experiment::Projection> targets;
    std::vector<TensorToWrite> tensors; ///< PEFT keys: base_model.model.model.layers.N.self_attn.q_proj.lora_A.weight …
    AdapterRecord record;
};
/// Writes adapter_config.json (every field PEFT needs, method.md §2.4), adapter_model.safetensors and lori.json; the folder
/// appears whole (made under a temporary name, then renamed; an older folder of that name is replaced).
[[nodiscard]] Result<void> writeAdapter(const std::filesystem::path& folder, const AdapterToWrite& adapter);
/// "base_model.model.model.layers.3.mlp.up_proj.lora_B.weight"
[[nodiscard]] std::string peftKey(std::int64_t layer, experiment::Projection projection, char matrix);

/// A mask over the B of one module: bit o·rank + r of `bits` (least significant bit first) is 1 when B[o, r] is trained.
struct ModuleMask {
    std::int64_t layer = 0;
    experiment::Projection projection = experiment::Projection::Q;
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
[[nodiscard]] Result<Mask> readMask(const std::filesystem::path& file);

} // namespace lori::formats
