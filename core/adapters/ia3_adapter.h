// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/adapters/site_index.h"
#include "core/experiment/adapter_config.h"

#include <memory>
#include <string>
#include <vector>

namespace lori::adapters {

/// IA3 (arXiv 2205.05638, as PEFT computes it, method.md §2.3): one trained vector l per module, from ones.
///   y = (W·x + bias) ∘ l  with l [out],   or  y = W·(x ∘ l) + bias  with l [in] for feed-forward modules.
class Ia3Adapter final : public Method {
public:
    [[nodiscard]] static Result<std::unique_ptr<Ia3Adapter>> create(std::shared_ptr<const model::BaseModel> base,
                                                                    const experiment::AdapterConfig& config);
    /// l of an IA3 folder. Errors: those of formats::openAnyAdapter; Mismatch for another kind or another base.
    [[nodiscard]] static Result<std::unique_ptr<Ia3Adapter>> load(std::shared_ptr<const model::BaseModel> base,
                                                                  const std::filesystem::path& folder);

    [[nodiscard]] experiment::StageKind kind() const override { return experiment::StageKind::Ia3; }
    /// The modules it sits on: ia3Targets and ia3FeedForward.
    [[nodiscard]] const experiment::AdapterConfig& config() const { return m_config; }
    [[nodiscard]] std::vector<Parameter>& parameters() override { return m_parameters; }
    [[nodiscard]] std::shared_ptr<const model::BaseModel> model() const override { return m_base; }
    void beginStep(std::int64_t /*tokens*/) override {}
    void parametersChanged() override {}
    void prepareInference() override {}
    [[nodiscard]] FrozenCheck frozenCheck() const override { return {}; }
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                    formats::AdapterRecord record) const override;

    [[nodiscard]] bool adapts(model::Site site) const override { return m_index.find(site) >= 0; }
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const model::Weight& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;

private:
    Ia3Adapter(std::shared_ptr<const model::BaseModel> base, experiment::AdapterConfig config);
    Ia3Adapter(std::shared_ptr<const model::BaseModel> base, const formats::AdapterFiles& files);
    void addParameters();
    [[nodiscard]] bool scalesInput(model::Site site) const;
    [[nodiscard]] const at::Tensor& scaleAt(model::Site site) const;
    [[nodiscard]] const at::Tensor& biasAt(model::Site site) const;

    std::shared_ptr<const model::BaseModel> m_base;
    experiment::AdapterConfig m_config;
    SiteIndex m_index;
    std::vector<Parameter> m_parameters; ///< l of every site
};

} // namespace lori::adapters
