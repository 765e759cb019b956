// SPDX-License-Identifier: Apache-2.0
#include "core/merging/logit_proof.h"

#include "core/adapters/lori_adapter.h"
#include "core/model/decoder.h"
#include "core/tokenizer/tokenizer.h"

#include <ATen/Functions.h>

#include <cmath>
#include <map>

namespace lori::merging {

namespace {

constexpr const char* kPrompt = "Two trains leave the same station. Where do they meet, and why?";

/// Every adapted layer with W + s·B·A in place of W, rounded to a type. Made anew for each product: memory holds one matrix.
class MergedWeights final : public model::LinearAdapter {
public:
    MergedWeights(const formats::AdapterFiles& adapter, at::Device device, at::ScalarType stored)
        : m_scaling(adapter.scaling()), m_stored(stored)
    {
        for (const formats::AdapterModule& module : adapter.modules) {
            m_factors[{module.layer, module.projection}] = {read(*module.a).to(device), read(*module.b).to(device)};
        }
    }
    [[nodiscard]] bool adapts(model::Site site) const override { return m_factors.contains({site.layer, site.projection}); }
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const at::Tensor& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* /*saved*/) const override
    {
        const auto& [a_RI, b_OR] = m_factors.at({site.layer, site.projection});
        const at::Tensor merged_OI = at::addmm(w_OI, b_OR, a_RI, 1, m_scaling).to(m_stored).to(at::kFloat);
        return matmul.forward(x_TI, merged_OI);
    }
    [[nodiscard]] at::Tensor backward(model::Site, const at::Tensor&, const at::Tensor&, const model::Matmul&,
                                      const model::SavedSite&, model::InputGradient) override
    {
        throw Exception(ErrorCode::Internal, "merged weights are not trained");
    }

private:
    static at::Tensor read(const formats::TensorView& view)
    {
        at::Tensor tensor = at::empty(view.shape, at::kFloat);
        formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
        return tensor;
    }

    std::map<std::pair<std::int64_t, experiment::Projection>, std::pair<at::Tensor, at::Tensor>> m_factors;
    double m_scaling;
    at::ScalarType m_stored;
};

at::Tensor logitsOf(const std::shared_ptr<const model::BaseModel>& base, model::LinearAdapter* adapter,
                    const std::vector<std::int32_t>& ids)
{
    const model::Decoder decoder(base, adapter);
    return decoder.logits(decoder.forward(model::packRows({ids}, base->device()), nullptr));
}

double largestDifference(const at::Tensor& x, const at::Tensor& y)
{
    return x.sub(y).abs().max().item<double>();
}

} // namespace

Result<LogitProof> proveLogits(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& adapterFolder)
{
    return guard([&] {
        const auto tokenizer = tokenizer::Tokenizer::fromJson(base->files().tokenizerJson, base->files().tokenizerConfig).value();
        const std::vector<std::int32_t> ids = tokenizer->encode(kPrompt);
        const auto onTop = adapters::LoriAdapter::load(base, adapterFolder).value();
        const formats::AdapterFiles files = formats::openAdapter(adapterFolder).value();
        const at::Tensor wanted = logitsOf(base, onTop.get(), ids);
        MergedWeights whole(files, base->device(), at::kFloat);
        MergedWeights rounded(files, base->device(), at::kBFloat16);
        LogitProof proof;
        proof.prompt = kPrompt;
        proof.tokens = static_cast<std::int64_t>(ids.size());
        proof.f32 = largestDifference(logitsOf(base, &whole, ids), wanted);
        proof.bf16 = largestDifference(logitsOf(base, &rounded, ids), wanted);
        proof.effect = largestDifference(logitsOf(base, nullptr, ids), wanted);
        if (!std::isfinite(proof.f32) || !std::isfinite(proof.effect)) {
            throw Exception(ErrorCode::NonFinite, "the logits with the merged adapter are not finite", "choose smaller weights",
                            adapterFolder.string());
        }
        return proof;
    });
}

} // namespace lori::merging
