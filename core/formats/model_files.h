// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/model_config.h"
#include "core/formats/tensor_file.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

/// A base model on disk: configuration plus tensors under Hugging Face names ("model.layers.0.self_attn.q_proj.weight"), whatever
/// the container. GGUF's q and k rows, which llama.cpp permutes for its rotary layout, are marked so that whoever loads them
/// undoes it.
struct ModelFiles {
    ModelConfig config;
    std::filesystem::path path;
    std::string container;               ///< "gguf" or "safetensors"
    std::unique_ptr<TensorFile> tensors; ///< Hugging Face names
    bool permutedQueryKey = false;  ///< GGUF of family llama: rows of q and k stand in the order of llama.cpp's rotary layout
    nlohmann::json tokenizerJson;   ///< tokenizer.json, or the equivalent made from GGUF metadata
    nlohmann::json tokenizerConfig; ///< chat_template and special tokens
    std::optional<std::int64_t> turnEndId; ///< what the chat template writes behind an assistant's turn, where that is known
    /// How transformers' class for config.json calls the decoder inside it: "model.", or "model.language_model." when the file
    /// is of a model that also sees. PEFT's module names begin so.
    std::string modulePrefix = "model.";
};

/// Opens a GGUF file or a Hugging Face folder; checks that every tensor of the architecture is there with the right shape.
/// Errors: NotFound, BadFile, Unsupported (architecture, tensor type by name), each one sentence.
[[nodiscard]] Result<ModelFiles> openModel(const std::filesystem::path& path);
/// Configuration only, from the headers: fast, used by lists and estimates.
[[nodiscard]] Result<ModelConfig> readModelConfig(const std::filesystem::path& path);

/// Models the program knows: the embedded one ($LORI_MODEL_DIR, the install prefix, the dependency folder) and models.json in the
/// home.
struct RegisteredModel {
    std::string name; ///< "smollm2-135m-instruct"
    std::filesystem::path path;
    bool present = false;
};
[[nodiscard]] std::vector<RegisteredModel> registeredModels(const std::filesystem::path& homeRoot);
/// A registered name or a path → a path that exists. Errors: NotFound with the list of known names.
[[nodiscard]] Result<std::filesystem::path> resolveModel(const std::filesystem::path& homeRoot, const std::string& nameOrPath);
[[nodiscard]] Result<void> registerModel(const std::filesystem::path& homeRoot, const std::string& name,
                                         const std::filesystem::path& path);
/// Takes a name off models.json; the model's files stay where they are. Errors: NotFound (no such name), InvalidArgument (the
/// embedded one, which is found and not listed), BadFile, Io.
[[nodiscard]] Result<void> unregisterModel(const std::filesystem::path& homeRoot, const std::string& name);

/// Identity of the weights, cheap enough for every start: SHA-256 over the configuration and, per tensor, name, dtype, shape and
/// the first and last 4 KiB of its bytes.
[[nodiscard]] std::string modelFingerprint(const ModelFiles& model);

} // namespace lori::formats
