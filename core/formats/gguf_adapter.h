// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/formats/model_files.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace lori::formats {

/// True for a file (not a folder) that begins as GGUF files do.
[[nodiscard]] bool isGgufFile(const std::filesystem::path& path);

/// True for a GGUF file that says it is an adapter, judged by its first 64 KiB, where its kind stands.
[[nodiscard]] bool isGgufAdapter(const std::filesystem::path& path);

/// What such a file says of itself; the values of its tensors are not read.
struct GgufAdapterFacts {
    std::string baseModel;  ///< "" where it says nothing
    std::int64_t rank = 0;  ///< of its first module
    std::int64_t pairs = 0; ///< modules with an A
};
/// Errors: as openGgufAdapter, as far as the headers tell; the number of heads is not asked for.
[[nodiscard]] Result<GgufAdapterFacts> describeGgufAdapter(const std::filesystem::path& file);

/// A LoRA adapter that llama.cpp reads (general.type "adapter", tensors "blk.N.attn_q.weight.lora_a" and ".lora_b"), as if it
/// were a PEFT folder. Files of the llama family keep the rows of B of q and k in the order of llama.cpp's rotary layout: they
/// are put back, for which the number of heads must be known: from `base`, or from the file where it says so (ours do). Throws
/// NotFound, BadFile, Mismatch; Unsupported for what is more than A and B on the seven projections, by name; InvalidArgument when
/// heads are needed and unknown.
[[nodiscard]] AdapterFiles openGgufAdapter(const std::filesystem::path& file, const ModelShape* base);

struct GgufAdapterReport {
    std::filesystem::path file;
    std::int64_t tensors = 0;
    std::uint64_t bytes = 0; ///< of the tensors
};
/// Writes a LoRA or LoRI adapter as such a file, in F32: A and B as they are, the scaling as 'adapter.lora.alpha' (an rsLoRA
/// adapter's multiplied by √rank); where a module has a scaling of its own, what is left of it goes into its B.
/// Errors: DiskFull, Io; Mismatch (it does not fit the base); Unsupported for DoRA, IA3 and what else is more than A and B, and
/// for a family that has no GGUF form here, with the way out.
[[nodiscard]] Result<GgufAdapterReport> writeGgufAdapter(const std::filesystem::path& file, const AdapterFiles& adapter,
                                                         const ModelConfig& base);

} // namespace lori::formats
