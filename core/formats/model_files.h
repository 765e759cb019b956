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
    std::string kind; ///< "", "linear", "llama3", "table"
    double factor = 1;
    double lowFrequencyFactor = 1;       ///< llama3
    double highFrequencyFactor = 4;      ///< llama3
    std::int64_t originalContext = 8192; ///< llama3
    std::vector<double> divisors;        ///< table: what each of the headSize / 2 frequencies is divided by (GGUF's rope_freqs)
};

/// Everything about a decoder of the Llama family that is not a weight.
struct ModelConfig {
    std::string family; ///< "llama", "mistral", "qwen2", "qwen3", "smollm3"
    std::string name;   ///< for people
    experiment::ModelShape shape;
    double rmsEpsilon = 1e-5;
    double ropeTheta = 10000;
    RopeScaling ropeScaling;
    std::int64_t contextLength = 2048;
    std::int64_t slidingWindow = 0;    ///< tokens a token sees, itself included; 0 = all before it
    std::vector<bool> slidingLayers;   ///< which layers have the window; empty = all
    std::vector<bool> unrotatedLayers; ///< layers without rotary positions (SmolLM3's NoPE); empty = none
    bool attentionBias = false;        ///< q, k, v biases (Qwen2)
    bool outputBias = false;           ///< o bias
    bool queryKeyNorm = false;         ///< RMS norm on q and k heads (Qwen3)
    std::optional<std::int64_t> bosId;
    std::vector<std::int64_t> eosIds; ///< all ids that end a generation; the first is appended to responses

    /// The window of one layer; 0 = none.
    [[nodiscard]] std::int64_t windowOf(std::int64_t layer) const
    {
        return slidingLayers.empty() || slidingLayers[static_cast<std::size_t>(layer)] ? slidingWindow : 0;
    }
    [[nodiscard]] bool rotates(std::int64_t layer) const
    {
        return unrotatedLayers.empty() || !unrotatedLayers[static_cast<std::size_t>(layer)];
    }
};

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

/// Identity of the weights, cheap enough for every start: SHA-256 over the configuration and, per tensor, name, dtype, shape and
/// the first and last 4 KiB of its bytes.
[[nodiscard]] std::string modelFingerprint(const ModelFiles& model);

} // namespace lori::formats
