// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/low_rank_method.h"

#include <memory>
#include <string>
#include <vector>

namespace lori::adapters {

/// LoRA (arXiv 2106.09685): y = W·x + s·B·(A·x), A and B both trained; A as LoRI draws it, B from zero.
/// Backward keeps x, because A learns:  dB = s·gᵀ·h,  dA = s·(g·B)ᵀ·x,  dx = g·W + s·(g·B)·A.
class LoraAdapter : public LowRankMethod {
public:
    [[nodiscard]] static Result<std::unique_ptr<LoraAdapter>> create(std::shared_ptr<const model::BaseModel> base,
                                                                     const experiment::AdapterConfig& config);
    /// A and B of a LoRA or LoRI folder. Errors as LoriAdapter::load.
    [[nodiscard]] static Result<std::unique_ptr<LoraAdapter>> load(std::shared_ptr<const model::BaseModel> base,
                                                                   const std::filesystem::path& folder);

    [[nodiscard]] experiment::StageKind kind() const override { return experiment::StageKind::Lora; }
    [[nodiscard]] std::vector<Parameter>& parameters() override { return m_parameters; }
    [[nodiscard]] FrozenCheck frozenCheck() const override { return {}; }
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                    formats::AdapterRecord record) const override;

    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const model::Weight& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;

protected:
    using LowRankMethod::LowRankMethod;
    /// A and B of every site: parameters 2·i and 2·i + 1, views of the factors themselves.
    void rebuildParameters();
    void addParameter(Parameter parameter) { m_parameters.push_back(std::move(parameter)); }
    [[nodiscard]] Parameter& parameter(std::size_t index) { return m_parameters[index]; }

private:
    std::vector<Parameter> m_parameters;
};

} // namespace lori::adapters
