// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/model_files.h"
#include "core/model/attention.h"
#include "core/model/matmul.h"
#include "core/model/rotary.h"
#include "core/model/weight.h"
#include "core/model/weight_tensors.h"
#include "core/support/result.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lori::model {

/// Frozen weights of one decoder block; undefined tensors where the architecture has none.
struct LayerWeights {
    at::Tensor inputNorm_D;          ///< before attention
    at::Tensor attentionOutNorm_D;   ///< after it (Gemma, OLMo 2, EXAONE 4)
    at::Tensor postNorm_D;           ///< before the feed-forward part
    at::Tensor feedForwardOutNorm_D; ///< after it
    std::array<Weight, 7> w_OI;      ///< indexed by Projection
    std::array<at::Tensor, 7> bias_O;
    at::Tensor queryNorm_E; ///< [E] for each head, or [H·E] over all (HeadNorm)
    at::Tensor keyNorm_E;
};

/// (done, total) weights loaded; called from the loading thread.
using LoadProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// A base model, shared by whoever runs it. What load() gives is frozen, and const says so; only a trainableCopy(), handed out
/// without const to the one that trains it, changes its weights. Arithmetic is f32 (design §6.7); matrices are held as asked.
class BaseModel final {
public:
    /// Opens a GGUF file or Hugging Face folder on `device`. Tensors of a mapped file that have the type asked for are used in
    /// place, others converted. Errors: those of formats::openModel, OutOfMemory, BadFile (values that f16 cannot hold).
    [[nodiscard]] static Result<std::shared_ptr<const BaseModel>> load(const std::filesystem::path& path, at::Device device,
                                                                       GemmBackend gemm, const LoadProgress& progress = {},
                                                                       WeightType weights = WeightType::Auto);

    /// The same model with weights of its own, f32 in memory: what full fine-tuning changes in place, through the tensors that
    /// layers() and the others name. The files stay shared.
    [[nodiscard]] static std::shared_ptr<BaseModel> trainableCopy(const std::shared_ptr<const BaseModel>& model);

    [[nodiscard]] const formats::ModelConfig& config() const { return m_files->config; }
    [[nodiscard]] const formats::ModelFiles& files() const { return *m_files; }
    [[nodiscard]] const std::string& fingerprint() const { return m_fingerprint; }
    [[nodiscard]] at::Device device() const { return m_device; }
    [[nodiscard]] WeightType weightType() const { return m_weights; } ///< F32, Bf16, F16, or File for a file of blocks
    [[nodiscard]] const Matmul& matmul() const { return m_matmul; }
    /// The attention of one layer: the heads are the same in all, the window may not be.
    [[nodiscard]] HeadShape heads(std::int64_t layer) const
    {
        const ModelShape& s = config().shape;
        return {s.heads, s.kvHeads, s.headSize, config().windowOf(layer), config().attentionScale, config().attentionCap};
    }
    [[nodiscard]] const std::vector<LayerWeights>& layers() const { return m_layers; }
    [[nodiscard]] const Weight& embedding_VD() const { return m_embedding_VD; }
    [[nodiscard]] const Weight& head_VD() const { return m_head_VD; } ///< the embedding itself when tied
    [[nodiscard]] const at::Tensor& finalNorm_D() const { return m_finalNorm_D; }
    [[nodiscard]] const Rotary& rotary() const { return m_rotary; }
    [[nodiscard]] const Rotary& slidingRotary() const
    {
        return m_slidingRotary;
    } ///< of layers with the window: config().slidingRope

    /// 64-bit hash (16 hex digits) over every weight as held in memory, layer order: the seal's "base untouched". Runs at memory
    /// speed.
    [[nodiscard]] std::string weightsHash() const;

private:
    BaseModel(std::shared_ptr<const formats::ModelFiles> files, at::Device device, GemmBackend gemm, WeightType weights);
    void loadWeights(const LoadProgress& progress);
    void loadProjection(std::int64_t layer, Projection p, LayerWeights& w) const;
    [[nodiscard]] at::Tensor tensor(const std::string& name, WeightType type) const;
    [[nodiscard]] at::Tensor vector(const std::string& name) const { return tensor(name, WeightType::F32); }
    [[nodiscard]] at::Tensor norm(const std::string& name) const; ///< as it multiplies: with the 1 that Gemma's files leave out
    [[nodiscard]] Weight matrix(const std::string& name) const;   ///< as m_weights says
    void makeRotaryTables();
    void keepTiles();

    std::shared_ptr<const formats::ModelFiles> m_files; ///< shared with trainable copies
    std::string m_fingerprint;
    at::Device m_device;
    Matmul m_matmul;
    WeightType m_weights;
    std::vector<LayerWeights> m_layers;
    Weight m_embedding_VD, m_head_VD;
    at::Tensor m_finalNorm_D;
    Rotary m_rotary, m_slidingRotary;
};

} // namespace lori::model
