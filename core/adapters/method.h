// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/method_table.h"
#include "core/formats/adapter_files.h"
#include "core/model/base_model.h"
#include "core/model/linear_adapter.h"
#include "core/support/result.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lori::adapters {

/// One trained tensor as the optimizer sees it: flat, f32, on the model's device. For LoRI-S only the unmasked entries exist
/// here.
struct Parameter {
    std::string name;    ///< PEFT key, "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight"
    at::Tensor value;    ///< [n]
    at::Tensor gradient; ///< [n], added to by backward()
};

/// Proof that what must not move did not (the run record's seal).
struct FrozenCheck {
    std::string projectionHash;          ///< SHA-256 over all A, f32, module order; "" for methods without a frozen A
    std::int64_t nonZeroOutsideMask = 0; ///< entries of B outside the mask that differ from their starting value
};

/// A fine-tuning method: what is trained, how it acts in the decoder, how it is saved. One file and one test per method.
class Method : public model::LinearAdapter {
public:
    /// What it is now: its row of experiment::kMethods. LoRI is LoRI-D until a mask is applied.
    [[nodiscard]] virtual experiment::StageKind kind() const = 0;
    /// "lori-d", "lori-s", "lora", "dora", "ia3", "full"
    [[nodiscard]] std::string name() const { return std::string(experiment::stageKindName(kind())); }
    /// The weights the decoder runs on: the frozen base model, except for a method that trains a copy of them.
    [[nodiscard]] virtual std::shared_ptr<const model::BaseModel> model() const = 0;
    [[nodiscard]] virtual std::vector<Parameter>& parameters() = 0;
    [[nodiscard]] std::int64_t trainableCount();
    void zeroGradients();

    /// Called before a batch of `tokens` tokens: the method may prepare what is cheaper once per step than per token.
    virtual void beginStep(std::int64_t tokens) = 0;
    /// Called after the optimizer changed the parameters' values.
    virtual void parametersChanged() = 0;
    /// Called before many forward passes without training.
    virtual void prepareInference() = 0;

    [[nodiscard]] virtual FrozenCheck frozenCheck() const = 0;
    /// Writes PEFT's folder with lori.json; `record` is completed with what the method knows (method, sparsity, hashes).
    [[nodiscard]] virtual Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                            formats::AdapterRecord record) const = 0;
};

} // namespace lori::adapters
