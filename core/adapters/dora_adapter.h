// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/lora_adapter.h"

#include <memory>
#include <string>
#include <vector>

namespace lori::adapters {

/// DoRA (arXiv 2402.09353, as PEFT computes it, method.md §2.2): the rows of W + s·B·A are brought to the trained length m [out].
///   y = (m / n) ∘ u,   u = (W + s·B·A)·x,   n = ‖row of W + s·B·A‖₂, taken as a constant in the backward pass.
/// dm = Σₜ g∘u / n; A and B learn as in LoRA from g∘(m / n). m begins as n, so that the first forward equals the base model's.
class DoraAdapter final : public LoraAdapter {
public:
    [[nodiscard]] static Result<std::unique_ptr<DoraAdapter>> create(std::shared_ptr<const model::BaseModel> base,
                                                                     const experiment::AdapterConfig& config);
    /// A, B and m of a DoRA folder. Errors as LoriAdapter::load; Mismatch for another kind.
    [[nodiscard]] static Result<std::unique_ptr<DoraAdapter>> load(std::shared_ptr<const model::BaseModel> base,
                                                                   const std::filesystem::path& folder);

    void resetB() override;
    [[nodiscard]] experiment::StageKind kind() const override { return experiment::StageKind::Dora; }
    void beginStep(std::int64_t tokens) override;
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                    formats::AdapterRecord record) const override;

    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const model::Weight& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;

private:
    /// Of one site.
    struct Lengths {
        at::Tensor magnitude_O;   ///< m, trained
        at::Tensor norm_O;        ///< n of the current A and B
        at::Tensor squaredNorm_O; ///< of W's rows, f64; never changes
    };

    using LoraAdapter::LoraAdapter;
    void begin();
    void addMagnitudes();
    void measureNorms();

    std::vector<Lengths> m_lengths; ///< one per site
};

} // namespace lori::adapters
