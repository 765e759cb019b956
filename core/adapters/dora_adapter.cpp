// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/dora_adapter.h"

#include "core/adapters/adapter_folder.h"

#include <ATen/Functions.h>

namespace lori::adapters {

using model::Site;

Result<std::unique_ptr<DoraAdapter>> DoraAdapter::create(std::shared_ptr<const model::BaseModel> base,
                                                         const experiment::AdapterConfig& config)
{
    return guard([&] {
        std::unique_ptr<DoraAdapter> adapter(new DoraAdapter(std::move(base), config)); // NOLINT: private constructor
        adapter->drawProjections();
        adapter->begin();
        for (Lengths& lengths : adapter->m_lengths) {
            lengths.magnitude_O = lengths.norm_O.clone();
        }
        adapter->addMagnitudes();
        return adapter;
    });
}

Result<std::unique_ptr<DoraAdapter>> DoraAdapter::load(std::shared_ptr<const model::BaseModel> base,
                                                       const std::filesystem::path& folder)
{
    return guard([&] {
        const formats::AdapterFiles files = openFor(*base, folder, formats::AdapterKind::Dora);
        std::unique_ptr<DoraAdapter> adapter(new DoraAdapter(std::move(base), files)); // NOLINT: private constructor
        adapter->readFactors(files);
        adapter->begin();
        for (std::size_t i = 0; i < adapter->m_lengths.size(); ++i) {
            adapter->m_lengths[i].magnitude_O = readTensor(*files.modules[i].magnitude, adapter->base());
        }
        adapter->addMagnitudes();
        return adapter;
    });
}

void DoraAdapter::begin()
{
    rebuildParameters();
    for (const Factors& f : factors()) {
        const model::Weight& w_OI = weightAt(base(), f.site);
        m_lengths.push_back({{}, {}, w_OI.asFloat().to(at::kDouble).square_().sum(1)});
    }
    measureNorms();
}

/// After A and B of all sites, so that their parameters keep LoRA's places.
void DoraAdapter::addMagnitudes()
{
    for (std::size_t i = 0; i < m_lengths.size(); ++i) {
        const Site site = factors()[i].site;
        const at::Tensor& m_O = m_lengths[i].magnitude_O;
        addParameter({formats::peftMagnitudeKey(site.layer, site.projection), m_O, at::zeros_like(m_O)});
    }
}

/// n² = ‖W‖² + 2s·⟨W·Aᵀ, B⟩ + s²·⟨B·(A·Aᵀ), B⟩, row by row: W + s·B·A itself is never made.
void DoraAdapter::measureNorms()
{
    for (std::size_t i = 0; i < m_lengths.size(); ++i) {
        const Factors& f = factors()[i];
        const at::Tensor b_OR = f.b_OR.to(at::kDouble);
        const at::Tensor wa_OR = base().matmul().forward(f.a_RI, weightAt(base(), f.site)).t().to(at::kDouble);
        const at::Tensor a_RI = f.a_RI.to(at::kDouble);
        const at::Tensor square_O = m_lengths[i].squaredNorm_O + 2 * f.scaling * (wa_OR * b_OR).sum(1) +
                                    f.scaling * f.scaling * (at::matmul(b_OR, at::matmul(a_RI, a_RI.t())) * b_OR).sum(1);
        m_lengths[i].norm_O = square_O.clamp_min_(1e-30).sqrt_().to(at::kFloat); // a row of zeros has no direction
    }
}

void DoraAdapter::resetB()
{
    LoraAdapter::resetB();
    measureNorms();
    for (Lengths& lengths : m_lengths) {
        lengths.magnitude_O.copy_(lengths.norm_O);
    }
}

void DoraAdapter::beginStep(std::int64_t tokens)
{
    LoraAdapter::beginStep(tokens);
    measureNorms();
}

at::Tensor DoraAdapter::forward(Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                                model::SavedSite* saved) const
{
    const Lengths& lengths = m_lengths[at(site)];
    const at::Tensor factor_O = lengths.magnitude_O / lengths.norm_O;
    at::Tensor u_TO = LoraAdapter::forward(site, x_TI, w_OI, matmul, saved);
    if (saved == nullptr) {
        return u_TO.mul_(factor_O);
    }
    saved->push_back(u_TO);
    return u_TO * factor_O;
}

at::Tensor DoraAdapter::backward(Site site, const at::Tensor& g_TO, const model::Weight& w_OI, const model::Matmul& matmul,
                                 const model::SavedSite& saved, model::InputGradient need)
{
    const std::size_t i = at(site);
    const Lengths& lengths = m_lengths[i];
    parameter(2 * m_lengths.size() + i).gradient.add_((g_TO * saved[2]).sum(0).div_(lengths.norm_O));
    return LoraAdapter::backward(site, g_TO * (lengths.magnitude_O / lengths.norm_O), w_OI, matmul, saved, need);
}

Result<void> DoraAdapter::save(const std::filesystem::path& folder, const std::string& baseModel,
                               formats::AdapterRecord record) const
{
    return guard([&] {
        std::vector<std::pair<std::string, at::Tensor>> magnitudes;
        for (std::size_t i = 0; i < m_lengths.size(); ++i) {
            const Site site = factors()[i].site;
            magnitudes.emplace_back(formats::peftMagnitudeKey(site.layer, site.projection), m_lengths[i].magnitude_O);
        }
        writeFolder(folder, baseModel, std::move(record), formats::AdapterKind::Dora, magnitudes);
    });
}

} // namespace lori::adapters
