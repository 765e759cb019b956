// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/low_rank_change.h"
#include "core/adapters/method.h"
#include "core/adapters/site_index.h"
#include "core/experiment/adapter_config.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace lori::adapters {

/// What LoRI, LoRA and DoRA share: y = W·x + s·B·(A·x) with A [rank, in], B [out, rank] and s = alpha / rank (or alpha / √rank).
/// For long batches s·B·A is folded into a scratch copy of W once per step, which saves both rank-wide products per token.
class LowRankMethod : public Method {
public:
    /// B = 0 everywhere, A as it is.
    virtual void resetB();

    void beginStep(std::int64_t tokens) override;
    void parametersChanged() override;
    void prepareInference() override;
    [[nodiscard]] bool adapts(model::Site site) const override { return m_index.find(site) >= 0; }
    [[nodiscard]] std::shared_ptr<const model::BaseModel> model() const override { return m_base; }

    /// SHA-256 over all A, f32, module order.
    [[nodiscard]] std::string projectionHash() const;
    /// s·B·A of every site as it is now, without DoRA's lengths; the tensors are the method's own.
    [[nodiscard]] std::vector<LowRankChange> changes() const;

protected:
    struct Factors {
        model::Site site;
        at::Tensor a_RI;
        at::Tensor b_OR;
        at::Tensor folded_OI; ///< scratch W + s·B·A
        bool isFolded = false;
        double alpha = 0;
        double scaling = 0; ///< s
    };

    /// A and B are zero until drawProjections() or readFactors().
    LowRankMethod(std::shared_ptr<const model::BaseModel> base, experiment::AdapterConfig config);
    /// The modules of a folder that openFor() accepted, each with its rank and alpha.
    LowRankMethod(std::shared_ptr<const model::BaseModel> base, const formats::AdapterFiles& files);
    void drawProjections();
    void readFactors(const formats::AdapterFiles& files);

    /// W·x + s·B·(A·x); h = A·x [T, rank] is given back when asked for.
    [[nodiscard]] at::Tensor product(const Factors& factors, const at::Tensor& x_TI, const model::Weight& w_OI,
                                     const model::Matmul& matmul, at::Tensor* h_TR) const;
    /// g·(W + s·B·A), the gradient of product()'s input. `gB_TR` is g·B when the caller has it already.
    [[nodiscard]] at::Tensor inputGradient(const Factors& factors, const at::Tensor& g_TO, const model::Weight& w_OI,
                                           const model::Matmul& matmul, const at::Tensor& gB_TR) const;
    /// Writes A, B and what `extra` adds.
    void writeFolder(const std::filesystem::path& folder, const std::string& baseModel, formats::AdapterRecord record,
                     formats::AdapterKind kind, const std::vector<std::pair<std::string, at::Tensor>>& extra) const;

    [[nodiscard]] std::size_t at(model::Site site) const { return static_cast<std::size_t>(m_index.find(site)); }
    [[nodiscard]] const model::BaseModel& base() const { return *m_base; }
    [[nodiscard]] const experiment::AdapterConfig& config() const { return m_config; }
    [[nodiscard]] std::vector<Factors>& factors() { return m_factors; }
    [[nodiscard]] const std::vector<Factors>& factors() const { return m_factors; }

private:
    void addFactors(model::Site site, std::int64_t rank, double alpha);
    void fold(Factors& factors);
    /// Empty when `m_config` says all about them.
    [[nodiscard]] std::vector<formats::ModuleToWrite> modulesToWrite() const;

    std::shared_ptr<const model::BaseModel> m_base;
    experiment::AdapterConfig m_config;
    SiteIndex m_index;
    std::vector<Factors> m_factors; ///< in the order of SiteIndex::sites()
};

} // namespace lori::adapters
