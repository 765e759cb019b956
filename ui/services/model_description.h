// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/model_config.h"
#include "core/support/result.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <string>

namespace lori::ui {

/// What the headers of a base model's files say; no weight is read but the ends of each tensor, for the fingerprint.
struct ModelDescription {
    formats::ModelConfig config;
    std::string container;        ///< "gguf" or "safetensors"
    std::string storedAs;         ///< types of the tensors, most entries first: "Q4_1, F32"
    std::string tokenizer;        ///< "byte-level BPE"
    std::int64_t tokens = 0;      ///< that the tokenizer knows
    bool hasChatTemplate = false; ///< else prompts are written without one
    std::int64_t parameters = 0;  ///< entries of all tensors
    std::int64_t bytes = 0;       ///< of all tensors
    std::string fingerprint;      ///< formats::modelFingerprint
};

/// Opens the model as a training would. Errors: those of formats::openModel and of its tokenizer, each one sentence.
[[nodiscard]] Result<ModelDescription> describeModel(const std::filesystem::path& path);

/// Family and size in a few words: "llama, 134.5 million parameters, 98.3 MiB".
[[nodiscard]] QString modelInBrief(const ModelDescription& model);

/// The folder or file that a person meant: config.json and the parts of a Hugging Face folder stand for their folder.
[[nodiscard]] std::filesystem::path modelPathOf(const std::filesystem::path& chosen);

} // namespace lori::ui
