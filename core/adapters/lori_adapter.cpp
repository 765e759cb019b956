// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/lori_adapter.h"

#include "core/adapters/adapter_folder.h"

#include <ATen/Functions.h>

namespace lori::adapters {

using model::Site;

namespace {

void checkMaskFits(const formats::ModuleMask& module, Site site, const at::Tensor& b_OR, std::size_t index)
{
    if (module.layer != site.layer || module.projection != site.projection || module.out != b_OR.size(0) ||
        module.rank != b_OR.size(1)) {
        throw Exception(ErrorCode::Mismatch,
                        "the mask's module " + std::to_string(index) + " has shape [" + std::to_string(module.out) + ", " +
                            std::to_string(module.rank) + "], the adapter's B [" + std::to_string(b_OR.size(0)) + ", " +
                            std::to_string(b_OR.size(1)) + "]",
                        "use the mask that was extracted from this adapter");
    }
}

} // namespace

Result<std::unique_ptr<LoriAdapter>> LoriAdapter::create(std::shared_ptr<const model::BaseModel> base,
                                                         const experiment::AdapterConfig& config)
{
    return guard([&] {
        std::unique_ptr<LoriAdapter> adapter(new LoriAdapter(std::move(base), config)); // NOLINT: private constructor
        adapter->drawProjections();
        adapter->rebuildParameters();
        return adapter;
    });
}

Result<std::unique_ptr<LoriAdapter>> LoriAdapter::load(std::shared_ptr<const model::BaseModel> base,
                                                       const std::filesystem::path& folder)
{
    return guard([&] {
        const formats::AdapterFiles files = openFor(*base, folder, formats::AdapterKind::LowRank);
        std::unique_ptr<LoriAdapter> adapter(new LoriAdapter(std::move(base), files)); // NOLINT: private constructor
        adapter->readFactors(files);
        adapter->rebuildParameters();
        return adapter;
    });
}

void LoriAdapter::rebuildParameters()
{
    m_parameters.clear();
    for (std::size_t i = 0; i < factors().size(); ++i) {
        Factors& f = factors()[i];
        const at::Tensor flat = f.b_OR.view({-1});
        const at::Tensor value = m_kept.empty() ? flat : flat.index_select(0, m_kept[i].indices_N);
        m_parameters.push_back({formats::peftKey(f.site.layer, f.site.projection, 'B'), value, at::zeros_like(value)});
        f.isFolded = false;
    }
}

Result<void> LoriAdapter::applyMask(const formats::Mask& mask)
{
    return guard([&] {
        if (mask.modules.size() != factors().size()) {
            throw Exception(ErrorCode::Mismatch,
                            "the mask has " + std::to_string(mask.modules.size()) + " modules, the adapter " +
                                std::to_string(factors().size()),
                            "use the mask that was extracted from this adapter");
        }
        for (std::size_t i = 0; i < factors().size(); ++i) {
            checkMaskFits(mask.modules[i], factors()[i].site, factors()[i].b_OR, i);
        }
        m_kept.clear();
        for (std::size_t i = 0; i < factors().size(); ++i) {
            const at::Tensor& b_OR = factors()[i].b_OR;
            std::vector<std::int64_t> kept;
            for (std::int64_t j = 0; j < b_OR.numel(); ++j) {
                if (mask.modules[i].test(j)) {
                    kept.push_back(j);
                }
            }
            m_kept.push_back({b_OR.clone(), at::tensor(kept, at::kLong).to(b_OR.device())});
        }
        m_mask = mask;
        rebuildParameters();
    });
}

void LoriAdapter::resetB()
{
    LowRankMethod::resetB();
    for (Kept& kept : m_kept) {
        kept.start_OR.zero_();
    }
    rebuildParameters();
}

void LoriAdapter::parametersChanged()
{
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        factors()[i].b_OR.view({-1}).index_copy_(0, m_kept[i].indices_N, m_parameters[i].value);
    }
    LowRankMethod::parametersChanged();
}

at::Tensor LoriAdapter::forward(Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                                model::SavedSite* saved) const
{
    at::Tensor h_TR;
    at::Tensor y_TO = product(factors()[at(site)], x_TI, w_OI, matmul, saved != nullptr ? &h_TR : nullptr);
    if (saved != nullptr) {
        *saved = {h_TR};
    }
    return y_TO;
}

at::Tensor LoriAdapter::backward(Site site, const at::Tensor& g_TO, const model::Weight& w_OI, const model::Matmul& matmul,
                                 const model::SavedSite& saved, model::InputGradient need)
{
    const std::size_t i = at(site);
    const at::Tensor dB_N = matmul.weightGradient(g_TO, saved.front()).view({-1});
    m_parameters[i].gradient.add_(m_kept.empty() ? dB_N : dB_N.index_select(0, m_kept[i].indices_N), factors()[i].scaling);
    return need == model::InputGradient::Needed ? inputGradient(factors()[i], g_TO, w_OI, matmul, {}) : at::Tensor();
}

FrozenCheck LoriAdapter::frozenCheck() const
{
    FrozenCheck check{projectionHash(), 0};
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        const at::Tensor moved = factors()[i].b_OR.ne(m_kept[i].start_OR).view({-1});
        check.nonZeroOutsideMask +=
            moved.sum().item<std::int64_t>() - moved.index_select(0, m_kept[i].indices_N).sum().item<std::int64_t>();
    }
    return check;
}

Result<void> LoriAdapter::save(const std::filesystem::path& folder, const std::string& baseModel,
                               formats::AdapterRecord record) const
{
    return guard([&] {
        record.projectionHash = projectionHash();
        record.sparsity = m_mask ? m_mask->sparsity : 0;
        record.maskScope = m_mask ? m_mask->scope : "";
        writeFolder(folder, baseModel, std::move(record), formats::AdapterKind::LowRank, {});
    });
}

} // namespace lori::adapters
