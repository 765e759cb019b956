// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/merging/model_export.h"

namespace lori::merging {

/// Writes the base model with an adapter merged into its weights as one GGUF file that llama.cpp reads (families: see
/// formats::ggufArchitectureOf). Matrices as F32, F16, BF16 or Q8_0, vectors as F32; tokenizer and chat template as the base has
/// them. Arithmetic in f32; tensors are read and written in pieces. The file appears whole.
/// Errors: those of exportModel; Unsupported for a family, a tokenizer or a rotary scaling that is not written, with the way out.
[[nodiscard]] Result<ExportReport> exportGguf(const std::filesystem::path& model, const std::filesystem::path& adapter,
                                              const std::filesystem::path& file, formats::DType matrices,
                                              const ExportProgress& progress = {});

} // namespace lori::merging
