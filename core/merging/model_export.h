// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace lori::merging {

struct ExportOptions {
    formats::DType dtype = formats::DType::BF16; ///< F32, BF16 or F16
    std::uint64_t shardBytes = 5'000'000'000;    ///< a file is begun anew before it would be larger
};
struct ExportReport {
    std::filesystem::path folder;
    std::int64_t files = 0; ///< of weights
    std::int64_t tensors = 0;
    std::int64_t adaptedModules = 0;
    std::uint64_t bytes = 0; ///< of all tensors
};
/// (done, total) tensors; false stops the work with Error Stopped and nothing is written.
using ExportProgress = std::function<bool(std::int64_t done, std::int64_t total)>;

/// Writes the base model with an adapter merged into its weights (LoRA, LoRI, DoRA or IA3) as a Hugging Face folder: config.json,
/// model.safetensors (with model.safetensors.index.json when there are several), tokenizer.json, tokenizer_config.json,
/// generation_config.json. The base is a GGUF file or a Hugging Face folder. Arithmetic in f32, then rounded to the type; tensors
/// are read and written one by one. The folder appears whole.
/// Errors: those of openModel and openAdapter; Mismatch (the adapter is of another base); InvalidArgument (another type, or the
/// folder is the base or the adapter); NonFinite (a weight does not fit into f16); DiskFull, before anything is written; Io;
/// Stopped.
[[nodiscard]] Result<ExportReport> exportModel(const std::filesystem::path& model, const std::filesystem::path& adapter,
                                               const std::filesystem::path& folder, const ExportOptions& options = {},
                                               const ExportProgress& progress = {});

} // namespace lori::merging
