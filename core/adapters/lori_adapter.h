// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/low_rank_method.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::adapters {

/// Low-rank change with a frozen random A and a trained B (LoRI, arXiv 2504.07448 §3):
///   y = W·x + s·B·(A·x),   s = alpha / rank,   A [rank, in] ~ U(−1/√in, 1/√in), B [out, rank] from zero.
/// Dense it is LoRI-D. With a mask it is LoRI-S: only B's unmasked entries exist as parameters (packed values, gradient and
/// moments), all others stay exactly what they were.
///
/// Backward needs no x:  dB = s·gᵀ·h,  dx = g·W + s·(g·B)·A  with h = A·x (design §6.3).
class LoriAdapter final : public LowRankMethod {
public:
    /// A new adapter: A drawn with `config.projectionSeed` in module order, B = 0, dense.
    [[nodiscard]] static Result<std::unique_ptr<LoriAdapter>> create(std::shared_ptr<const model::BaseModel> base,
                                                                     const experiment::AdapterConfig& config);
    /// A and B from a folder. Errors: those of formats::openAdapter; Mismatch when shapes or fingerprint do not fit the base.
    [[nodiscard]] static Result<std::unique_ptr<LoriAdapter>> load(std::shared_ptr<const model::BaseModel> base,
                                                                   const std::filesystem::path& folder);

    /// From here on only the mask's entries are trained. Errors: Mismatch when the mask has other modules or shapes.
    [[nodiscard]] Result<void> applyMask(const formats::Mask& mask);
    void resetB() override;

    [[nodiscard]] experiment::StageKind kind() const override
    {
        return m_mask ? experiment::StageKind::LoriS : experiment::StageKind::LoriD;
    }
    [[nodiscard]] std::vector<Parameter>& parameters() override { return m_parameters; }
    void parametersChanged() override;
    [[nodiscard]] FrozenCheck frozenCheck() const override;
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                    formats::AdapterRecord record) const override;

    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const model::Weight& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;

private:
    /// Of one site under a mask.
    struct Kept {
        at::Tensor start_OR;  ///< B when the mask was applied; what entries outside the mask must still be
        at::Tensor indices_N; ///< flat indices of the unmasked entries, ascending, int64
    };

    using LowRankMethod::LowRankMethod;
    void rebuildParameters();

    std::vector<Kept> m_kept;            ///< one per site under a mask, empty for LoRI-D
    std::vector<Parameter> m_parameters; ///< one per site
    std::optional<formats::Mask> m_mask;
};

} // namespace lori::adapters
