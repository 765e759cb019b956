// SPDX-License-Identifier: Apache-2.0
#include "core/merging/logit_proof.h"

#include "core/adapters/method_choice.h"
#include "core/model/decoder.h"
#include "core/tokenizer/tokenizer.h"

#include <ATen/Functions.h>

#include <cmath>
#include <map>

namespace lori::merging {

namespace {

constexpr const char* kPrompt = "Two trains leave the same station. Where do they meet, and why?";

/// Every adapted layer with its merged weights in place of W, rounded to a type: W + s·B·A, or W·l for IA3. Made anew for each
/// product: memory holds one matrix.
class MergedWeights final : public model::LinearAdapter {
public:
    MergedWeights(const model::BaseModel& base, const formats::AdapterFiles& adapter, at::ScalarType stored)
        : m_base(base), m_stored(stored)
    {
        for (const formats::AdapterModule& module : adapter.modules) {
            Change& change = m_changes[{module.layer, module.projection}];
            change.a_RI = read(module.a);
            change.b_OR = read(module.b);
            change.scale = read(module.scale);
            change.scaling = module.a != nullptr ? adapter.scaling(module) : 1.0;
        }
    }
    [[nodiscard]] bool adapts(model::Site site) const override { return m_changes.contains({site.layer, site.projection}); }
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* /*saved*/) const override
    {
        const Change& change = m_changes.at({site.layer, site.projection});
        if (!change.scale.defined()) {
            return matmul.forward(x_TI, rounded(at::addmm(w_OI.asFloat(), change.b_OR, change.a_RI, 1, change.scaling)));
        }
        at::Tensor y_TO = matmul.forward(x_TI, rounded(w_OI.asFloat().mul(change.scale)));
        const at::Tensor& bias_O =
            m_base.layers()[static_cast<std::size_t>(site.layer)].bias_O[static_cast<std::size_t>(site.projection)];
        if (bias_O.defined() && change.scale.size(1) == 1) {
            y_TO.add_(rounded(bias_O.mul(change.scale.view({-1}))).sub(bias_O)); // the decoder adds the base's own bias
        }
        return y_TO;
    }
    [[nodiscard]] at::Tensor backward(model::Site, const at::Tensor&, const model::Weight&, const model::Matmul&,
                                      const model::SavedSite&, model::InputGradient) override
    {
        throw Exception(ErrorCode::Internal, "merged weights are not trained");
    }

private:
    struct Change {
        at::Tensor a_RI, b_OR; ///< undefined for IA3
        at::Tensor scale;      ///< IA3: [out, 1] or [1, in]
        double scaling = 1;
    };
    [[nodiscard]] at::Tensor read(const formats::TensorView* view) const
    {
        if (view == nullptr) {
            return {};
        }
        at::Tensor tensor = at::empty(view->shape, at::kFloat);
        formats::toFloat(*view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
        return tensor.to(m_base.device());
    }
    [[nodiscard]] at::Tensor rounded(const at::Tensor& values) const { return values.to(m_stored).to(at::kFloat); }

    const model::BaseModel& m_base;
    std::map<std::pair<std::int64_t, Projection>, Change> m_changes;
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
        const auto onTop = adapters::openTrained(base, adapterFolder).value();
        const formats::AdapterFiles files = formats::openAnyAdapter(adapterFolder, &base->config().shape).value();
        const at::Tensor wanted = logitsOf(base, onTop.get(), ids);
        MergedWeights whole(*base, files, at::kFloat);
        MergedWeights rounded(*base, files, at::kBFloat16);
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
