// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/model_shape.h"
#include "core/formats/tensor_file.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::formats {

/// How positions are stretched (Hugging Face rope_scaling). Factor 1 = none.
struct RopeScaling {
    std::string kind; ///< "", "linear", "llama3"
    double factor = 1;
    double lowFrequencyFactor = 1;       ///< llama3
    double highFrequencyFactor = 4;      ///< llama3
    std::int64_t originalContext = 8192; ///< llama3
};

/// Everything about a decoder of the Llama family that is not a weight.
struct ModelConfig {
    std::string family; ///< "llama", "mistral", "qwen2", "qwen3"
    std::string name;   ///< for people
    experiment::ModelShape shape;
    double rmsEpsilon = 1e-5;
    double ropeTheta = 10000;
    RopeScaling ropeScaling;
    std::int64_t contextLength = 2048;
    std::int64_t slidingWindow = 0; ///< 0 = none
    bool attentionBias = false;     ///< q, k, v biases (Qwen2)
    bool outputBias = false;        ///< o bias
    bool queryKeyNorm = false;      ///< RMS norm on q and k heads (Qwen3)
    std::optional<std::int64_t> bosId;
    std::vector<std::int64_t> eosIds; ///< all ids that end a generation; the first is appended to responses
};

/// A base model on disk: configuration plus tensors under Hugging Face names ("model.layers.0.self_attn.q_proj.weight"), whatever
/// the container. GGUF's q and k rows, which llama.cpp permutes for its rotary layout, are marked so that the reader undoes it.
struct ModelFiles {
    ModelConfig config;
    std::filesystem::path path;
    std::string container;               ///< "gguf" or "safetensors"
    std::unique_ptr<TensorFile> tensors; ///< Hugging Face names
    bool permutedQueryKey = false;       ///< GGUF of family llama: rows of q and k need unpermuteRows()
    nlohmann::json tokenizerJson;        ///< tokenizer.json, or the equivalent made from GGUF metadata
    nlohmann::json tokenizerConfig;      ///< chat_template and special tokens
};

/// Opens a GGUF file or a Hugging Face folder; checks that every tensor of the architecture is there with the right shape.
/// Errors: NotFound, BadFile, Unsupported (architecture, tensor type by name), each one sentence.
[[nodiscard]] Result<ModelFiles> openModel(const std::filesystem::path& path);
/// Configuration only, from the headers: fast, used by lists and estimates.
[[nodiscard]] Result<ModelConfig> readModelConfig(const std::filesystem::path& path);

/// Undoes llama.cpp's row order of a q or k matrix: HF row h·d + j·(d/2) + i … from GGUF row h·d + 2·i + j, i < d/2, j in {0, 1}.
/// `rows` is [heads·headSize, in] f32, changed in place.
void unpermuteRows(std::span<float> rows, std::int64_t heads, std::int64_t headSize, std::int64_t in);

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

/// Identity of the weights, cheap enough for every start: SHA-256 over the configuration and, per tensor, name, dtype, shape and
/// the first and last 4 KiB of its bytes.
[[nodiscard]] std::string modelFingerprint(const ModelFiles& model);

} // namespace lori::formats
