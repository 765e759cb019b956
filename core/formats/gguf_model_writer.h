// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/gguf_writer.h"
#include "core/formats/model_files.h"

#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

/// How a model's matrices are stored in a GGUF file; vectors are F32 always, as llama.cpp needs them.
struct GgufStorage {
    DType matrices = DType::F16; ///< F32, F16, BF16 or Q8_0
    /// The type of one tensor: rows that are no whole Q8_0 blocks become F16.
    [[nodiscard]] DType typeOf(const std::vector<std::int64_t>& shape) const;
};

/// Metadata of a model: general.*, the architecture's numbers, the tokenizer. `rotaryDivisors` is empty, or what each rotary
/// frequency is divided by (then a tensor "rope_freqs.weight" [headSize / 2] must be written, with F32).
/// Throws Unsupported for a family or a tokenizer that has no GGUF form here, with the way out; BadFile for an incomplete
/// tokenizer.
[[nodiscard]] GgufEntries ggufModelEntries(const ModelFiles& model, const GgufStorage& storage, bool hasRotaryDivisors);
/// The tensor's name in the file. Throws Unsupported.
[[nodiscard]] std::string ggufTensorName(const std::string& huggingFaceName, const std::string& where);
/// Heads whose rows llama.cpp wants as neighbours (gguf_rows.h); 0 when the tensor's rows stay as they are.
[[nodiscard]] std::int64_t headsToReorder(const std::string& huggingFaceName, const ModelConfig& config);

/// f32 values in another type. Throws NonFinite when a value does not fit, naming `what`. Q8_0: whole blocks of 32, each scaled
/// by its largest magnitude / 127 and rounded to nearest, as the reference does.
[[nodiscard]] std::vector<std::byte> converted(std::span<const float> values, DType type, const std::string& what);

/// tokenizer.*: as the model's own GGUF file has it, or made from tokenizer.json. Throws as ggufModelEntries.
void addTokenizer(GgufEntries& entries, const ModelFiles& model);

} // namespace lori::formats
