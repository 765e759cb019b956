// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/full_fine_tuning.h"

#include "core/adapters/adapter_folder.h"
#include "core/formats/model_files.h"

#include <ATen/Functions.h>

namespace lori::adapters {

using model::Site;

FullFineTuning::FullFineTuning(std::shared_ptr<const model::BaseModel> base) : m_copy(model::BaseModel::trainableCopy(base))
{
    m_gradients.embedding_VD = add("model.embed_tokens.weight", m_copy->embedding_VD().dense());
    m_gradients.head_VD =
        m_copy->config().shape.tiedEmbeddings ? m_gradients.embedding_VD : add("lm_head.weight", m_copy->head_VD().dense());
    m_gradients.finalNorm_D = add("model.norm.weight", m_copy->finalNorm_D());
    const formats::NormNames norms = formats::normNames(m_copy->config().normPlaces);
    for (std::size_t i = 0; i < m_copy->layers().size(); ++i) {
        const model::LayerWeights& w = m_copy->layers()[i];
        const std::string layer = "model.layers." + std::to_string(i) + ".";
        model::WeightGradients::Layer own;
        own.inputNorm_D = add(layer + norms.attentionIn + ".weight", w.inputNorm_D);
        own.attentionOutNorm_D = add(layer + norms.attentionOut + ".weight", w.attentionOutNorm_D);
        own.postNorm_D = add(layer + norms.feedForwardIn + ".weight", w.postNorm_D);
        own.feedForwardOutNorm_D = add(layer + norms.feedForwardOut + ".weight", w.feedForwardOutNorm_D);
        own.queryNorm_E = add(layer + "self_attn.q_norm.weight", w.queryNorm_E);
        own.keyNorm_E = add(layer + "self_attn.k_norm.weight", w.keyNorm_E);
        std::array<at::Tensor, 7> linear;
        for (const Projection p : kAllProjections) {
            const auto j = static_cast<std::size_t>(p);
            const std::string module = layer + (p <= Projection::O ? "self_attn." : "mlp.") + std::string(projectionName(p));
            linear[j] = add(module + ".weight", w.w_OI[j].dense());
            own.bias_O[j] = add(module + ".bias", w.bias_O[j]);
        }
        m_gradients.layers.push_back(std::move(own));
        m_linearGradients.push_back(std::move(linear));
    }
}

at::Tensor FullFineTuning::add(const std::string& name, const at::Tensor& weight)
{
    if (!weight.defined()) {
        return {};
    }
    const at::Tensor gradient = at::zeros_like(weight);
    m_parameters.push_back({name, weight.view({-1}), gradient.view({-1})});
    m_weights.push_back(weight);
    return gradient;
}

bool FullFineTuning::lacksOne(std::size_t parameter) const
{
    return m_copy->config().normPlusOne && m_parameters[parameter].name.ends_with("norm.weight");
}

Result<std::unique_ptr<FullFineTuning>> FullFineTuning::create(std::shared_ptr<const model::BaseModel> base)
{
    return guard([&] { return std::unique_ptr<FullFineTuning>(new FullFineTuning(std::move(base))); }); // NOLINT: private
}

Result<std::unique_ptr<FullFineTuning>> FullFineTuning::load(std::shared_ptr<const model::BaseModel> base,
                                                             const std::filesystem::path& folder)
{
    return guard([&] {
        const formats::AdapterRecord record = formats::readAdapterRecord(folder).value();
        if (record.method != "full" || record.baseFingerprint != base->fingerprint()) {
            throw Exception(ErrorCode::Mismatch,
                            record.method != "full" ? "this is no fully fine-tuned model"
                                                    : "this model was trained from another base model",
                            "choose another folder", folder.string());
        }
        const auto file = std::move(formats::openSafetensors(folder / "model.safetensors").value().file);
        std::unique_ptr<FullFineTuning> method(new FullFineTuning(base)); // NOLINT: private constructor
        for (std::size_t i = 0; i < method->m_parameters.size(); ++i) {
            const formats::TensorView* view = file->find(method->m_parameters[i].name);
            if (view == nullptr || view->shape != method->m_weights[i].sizes().vec()) {
                throw Exception(ErrorCode::Mismatch,
                                "the tensor '" + method->m_parameters[i].name + "' is missing or has another shape",
                                "choose a model trained from this base model", folder.string());
            }
            method->m_weights[i].copy_(readTensor(*view, *base));
            if (method->lacksOne(i)) {
                method->m_weights[i].add_(1);
            }
        }
        return method;
    });
}

at::Tensor FullFineTuning::forward(Site /*site*/, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                                   model::SavedSite* saved) const
{
    if (saved != nullptr) {
        *saved = {x_TI};
    }
    return matmul.forward(x_TI, w_OI);
}

at::Tensor FullFineTuning::backward(Site site, const at::Tensor& g_TO, const model::Weight& w_OI, const model::Matmul& matmul,
                                    const model::SavedSite& saved, model::InputGradient need)
{
    m_linearGradients[static_cast<std::size_t>(site.layer)][static_cast<std::size_t>(site.projection)].add_(
        matmul.weightGradient(g_TO, saved.front()));
    return need == model::InputGradient::Needed ? matmul.inputGradient(g_TO, w_OI) : at::Tensor();
}

Result<void> FullFineTuning::save(const std::filesystem::path& folder, const std::string& /*baseModel*/,
                                  formats::AdapterRecord record) const
{
    return guard([&] {
        record.method = name();
        record.baseFingerprint = m_copy->fingerprint();
        TensorList tensors;
        for (std::size_t i = 0; i < m_parameters.size(); ++i) {
            tensors.add(m_parameters[i].name, lacksOne(i) ? m_weights[i].sub(1) : m_weights[i]);
        }
        formats::writeTrainedModel(folder, tensors.toWrite(), record).value();
    });
}

} // namespace lori::adapters
