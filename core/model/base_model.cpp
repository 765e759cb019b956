// SPDX-License-Identifier: Apache-2.0
#include "core/model/base_model.h"

#include "core/experiment/folding.h"
#include "core/model/weight_type_choice.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/ops/from_blob.h>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>

namespace lori::model {

namespace {

std::string layerName(std::int64_t layer, const std::string& rest)
{
    return "model.layers." + std::to_string(layer) + "." + rest;
}

std::string projectionPath(Projection projection)
{
    const bool attention = projection <= Projection::O;
    return (attention ? "self_attn." : "mlp.") + std::string(projectionName(projection));
}

/// Gives pages of the mapped file back once they have been converted: without it a converted model would count twice. They are
/// read-only and stay in the file; whoever needs them again reads them again. Where the system refuses, memory is all it costs.
void releasePages(std::span<const std::byte> bytes)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data()); // NOLINT: addresses of pages
    const std::uintptr_t first = (begin + page - 1) / page * page;
    const std::uintptr_t last = (begin + bytes.size()) / page * page;
    if (last > first) {
        static_cast<void>(::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED)); // NOLINT
    }
}

/// The type of the largest matrix stands for all of them.
formats::DType storedType(const formats::ModelFiles& files)
{
    const formats::TensorView* view = files.tensors->find("model.embed_tokens.weight");
    return view != nullptr ? view->dtype : formats::DType::F32;
}

} // namespace

Result<std::shared_ptr<const BaseModel>> BaseModel::load(const std::filesystem::path& path, at::Device device, GemmBackend gemm,
                                                         const LoadProgress& progress, WeightType weights)
{
    return guard([&]() -> std::shared_ptr<const BaseModel> {
        std::shared_ptr<BaseModel> model(
            new BaseModel(std::make_shared<const formats::ModelFiles>(formats::openModel(path).value()), device, gemm,
                          weights)); // NOLINT: private constructor
        model->loadWeights(progress);
        return model;
    });
}

BaseModel::BaseModel(std::shared_ptr<const formats::ModelFiles> files, at::Device device, GemmBackend gemm, WeightType weights)
    : m_files(std::move(files)),
      m_fingerprint(formats::modelFingerprint(*m_files)),
      m_device(device),
      m_matmul(gemm),
      m_weights(weightTypeFor(weights, device.type(), storedType(*m_files)))
{
}

at::Tensor BaseModel::tensor(const std::string& name, WeightType type) const
{
    const formats::TensorView* view = m_files->tensors->find(name);
    if (view == nullptr) {
        throw Exception(ErrorCode::BadFile, "the tensor '" + name + "' is missing", "download the model again",
                        m_files->path.string());
    }
    const at::Tensor weights = weightTensor(*view, type);
    if (!isFinite(weights)) {
        throw Exception(ErrorCode::BadFile, "the tensor '" + name + "' holds NaN or an infinite number",
                        "the model is damaged, or its training failed: choose another one", m_files->path.string());
    }
    if (weights.const_data_ptr() != static_cast<const void*>(view->bytes.data())) {
        releasePages(view->bytes);
    }
    return weights.to(m_device);
}

at::Tensor BaseModel::norm(const std::string& name) const
{
    return config().normPlusOne ? vector(name).add(1) : vector(name);
}

Weight BaseModel::matrix(const std::string& name) const
{
    const formats::TensorView* view = m_files->tensors->find(name);
    if (m_weights != WeightType::File || view == nullptr || view->shape.size() != 2) {
        return tensor(name, m_weights);
    }
    return ops::isBlockType(view->dtype) ? blockWeight(*view) : tensor(name, plainTypeOf(view->dtype));
}

void BaseModel::loadWeights(const LoadProgress& progress)
{
    const formats::ModelConfig& c = config();
    m_embedding_VD = matrix("model.embed_tokens.weight");
    m_head_VD = c.shape.tiedEmbeddings ? m_embedding_VD : matrix("lm_head.weight");
    m_finalNorm_D = norm("model.norm.weight");
    const formats::NormNames norms = formats::normNames(c.normPlaces);
    for (std::int64_t layer = 0; layer < c.shape.layers; ++layer) {
        LayerWeights w;
        for (const auto& [tensor, name] :
             {std::pair{&w.inputNorm_D, norms.attentionIn}, std::pair{&w.attentionOutNorm_D, norms.attentionOut},
              std::pair{&w.postNorm_D, norms.feedForwardIn}, std::pair{&w.feedForwardOutNorm_D, norms.feedForwardOut}}) {
            if (*name != '\0') {
                *tensor = norm(layerName(layer, std::string(name) + ".weight"));
            }
        }
        for (const Projection p : kAllProjections) {
            loadProjection(layer, p, w);
        }
        if (c.headNorm != formats::HeadNorm::None) {
            w.queryNorm_E = norm(layerName(layer, "self_attn.q_norm.weight"));
            w.keyNorm_E = norm(layerName(layer, "self_attn.k_norm.weight"));
        }
        m_layers.push_back(std::move(w));
        if (progress) {
            progress(layer + 1, c.shape.layers);
        }
    }
    makeRotaryTables();
    keepTiles();
}

void BaseModel::loadProjection(std::int64_t layer, Projection p, LayerWeights& w) const
{
    const formats::ModelConfig& c = config();
    const auto i = static_cast<std::size_t>(p);
    w.w_OI[i] = matrix(layerName(layer, projectionPath(p) + ".weight"));
    const bool hasBias = p <= Projection::V ? c.attentionBias : p == Projection::O ? c.outputBias : c.feedForwardBias;
    if (hasBias) {
        w.bias_O[i] = vector(layerName(layer, projectionPath(p) + ".bias"));
    }
    const bool queryOrKey = p == Projection::Q || p == Projection::K;
    if (queryOrKey && m_files->permutedQueryKey) {
        const std::int64_t heads = p == Projection::Q ? c.shape.heads : c.shape.kvHeads;
        w.w_OI[i] = w.w_OI[i].withRows(unpermuted(w.w_OI[i].held(), heads, c.shape.headSize));
        w.bias_O[i] = c.attentionBias ? unpermuted(w.bias_O[i], heads, c.shape.headSize) : at::Tensor();
    }
}

void BaseModel::keepTiles()
{
    std::int64_t bytes = 0;
    for (const LayerWeights& layer : m_layers) {
        for (const Weight& w : layer.w_OI) {
            bytes += w.defined() ? 4 * w.size(0) * w.size(1) : 0;
        }
    }
    const bool isPlain = m_weights == WeightType::F32 || m_weights == WeightType::Bf16;
    if (m_matmul.backend() != GemmBackend::Bf16 || !m_device.is_cpu() || !isPlain || bytes > experiment::kLargestFoldedBytes) {
        return;
    }
    for (LayerWeights& layer : m_layers) {
        for (Weight& w : layer.w_OI) {
            w = w.defined() ? w.keepingTiles() : w;
        }
    }
    m_head_VD = m_head_VD.keepingTiles();
}

void BaseModel::makeRotaryTables()
{
    constexpr std::int64_t kLongestTable = 131072;
    const formats::ModelConfig& c = config();
    const std::int64_t lines = std::min(c.contextLength, kLongestTable);
    m_rotary = Rotary({c.ropeTheta, c.ropeScaling}, c.rotated(), lines, m_device);
    if (c.slidingRope) {
        m_slidingRotary = Rotary(*c.slidingRope, c.rotated(), lines, m_device);
    }
}

std::string BaseModel::weightsHash() const
{
    std::uint64_t total = 0;
    const auto add = [&](const at::Tensor& t) {
        if (t.defined()) {
            total = (total ^ tensorHash(t)) * 0x165667B19E3779F9ULL;
            total ^= total >> 32U;
        }
    };
    add(m_embedding_VD.held());
    if (!config().shape.tiedEmbeddings) {
        add(m_head_VD.held());
    }
    add(m_finalNorm_D);
    for (const LayerWeights& w : m_layers) {
        add(w.inputNorm_D);
        add(w.attentionOutNorm_D);
        add(w.postNorm_D);
        add(w.feedForwardOutNorm_D);
        for (std::size_t i = 0; i < w.w_OI.size(); ++i) {
            add(w.w_OI[i].held());
            add(w.bias_O[i]);
        }
        add(w.queryNorm_E);
        add(w.keyNorm_E);
    }
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(total)); // NOLINT: fixed width
    return text.data();
}

} // namespace lori::model
