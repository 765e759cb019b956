// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/model/base_model.h"

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
/// Backward needs no x:  dB = s·gᵀ·h,  dx = g·W + s·(g·B)·A  with h = A·x (design §6.3). For long batches s·B·A is folded into a
/// scratch copy of W once per step, which saves both rank-wide products per token.
class LoriAdapter final : public Method {
public:
    /// A new adapter: A drawn with `config.projectionSeed` in module order, B = 0, dense.
    [[nodiscard]] static Result<std::unique_ptr<LoriAdapter>> create(std::shared_ptr<const model::BaseModel> base,
                                                                     const experiment::AdapterConfig& config);
    /// A and B from a folder. Errors: those of formats::openAdapter; Mismatch when shapes or fingerprint do not fit the base.
    [[nodiscard]] static Result<std::unique_ptr<LoriAdapter>> load(std::shared_ptr<const model::BaseModel> base,
                                                                   const std::filesystem::path& folder);

    /// From here on only the mask's entries are trained. Errors: Mismatch when the mask has other modules or shapes.
    [[nodiscard]] Result<void> applyMask(const formats::Mask& mask);
    /// B = 0 everywhere, as LoRI-S begins.
    void resetB();

    [[nodiscard]] std::string name() const override { return m_mask ? "lori-s" : "lori-d"; }
    [[nodiscard]] std::vector<Parameter>& parameters() override { return m_parameters; }
    void beginStep(std::int64_t tokens) override;
    void parametersChanged() override;
    void prepareInference() override;
    [[nodiscard]] FrozenCheck frozenCheck() const override;
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder, const std::string& baseModel,
                                    formats::AdapterRecord record) const override;

    [[nodiscard]] bool adapts(model::Site site) const override;
    [[nodiscard]] at::Tensor forward(model::Site site, const at::Tensor& x_TI, const at::Tensor& w_OI,
                                     const model::Matmul& matmul, model::SavedSite* saved) const override;
    [[nodiscard]] at::Tensor backward(model::Site site, const at::Tensor& g_TO, const at::Tensor& w_OI,
                                      const model::Matmul& matmul, const model::SavedSite& saved,
                                      model::InputGradient inputGradient) override;

    [[nodiscard]] std::string projectionHash() const;
    [[nodiscard]] std::int64_t rank() const { return m_config.rank; }

private:
    struct SiteState {
        model::Site site;
        at::Tensor a_RI;
        at::Tensor b_OR;      ///< dense, what the products use; for LoRI-D the parameter's value is a view of it
        at::Tensor start_OR;  ///< B when the mask was applied; what entries outside the mask must still be
        at::Tensor kept_N;    ///< LoRI-S: flat indices of the unmasked entries, ascending, int64
        at::Tensor folded_OI; ///< scratch W + s·B·A
        bool folded = false;  ///< folded_OI holds this step's B
    };

    LoriAdapter(std::shared_ptr<const model::BaseModel> base, experiment::AdapterConfig config);
    void drawProjections();
    void rebuildParameters();
    void fold(SiteState& state);
    [[nodiscard]] const SiteState& stateOf(model::Site site) const;
    [[nodiscard]] SiteState& stateOf(model::Site site);
    [[nodiscard]] double scaling() const;

    std::shared_ptr<const model::BaseModel> m_base;
    experiment::AdapterConfig m_config;
    bool m_useRslora = false;
    std::vector<SiteState> m_sites;        ///< layer order, then projection order
    std::vector<std::int64_t> m_siteIndex; ///< layer · 7 + projection → index into m_sites, −1 when not adapted
    std::vector<Parameter> m_parameters;   ///< same order as m_sites
    std::optional<formats::Mask> m_mask;
};

} // namespace lori::adapters
