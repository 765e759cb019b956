// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/lora_adapter.h"

#include "core/adapters/adapter_folder.h"

#include <ATen/Functions.h>

namespace lori::adapters {

using model::Site;

Result<std::unique_ptr<LoraAdapter>> LoraAdapter::create(std::shared_ptr<const model::BaseModel> base,
                                                         const experiment::AdapterConfig& config)
{
    return guard([&] {
        std::unique_ptr<LoraAdapter> adapter(new LoraAdapter(std::move(base), config)); // NOLINT: private constructor
        adapter->drawProjections();
        adapter->rebuildParameters();
        return adapter;
    });
}

Result<std::unique_ptr<LoraAdapter>> LoraAdapter::load(std::shared_ptr<const model::BaseModel> base,
                                                       const std::filesystem::path& folder)
{
    return guard([&] {
        const formats::AdapterFiles files = openFor(*base, folder, formats::AdapterKind::LowRank);
        std::unique_ptr<LoraAdapter> adapter(new LoraAdapter(std::move(base), files)); // NOLINT: private constructor
        adapter->readFactors(files);
        adapter->rebuildParameters();
        return adapter;
    });
}

void LoraAdapter::rebuildParameters()
{
    m_parameters.clear();
    for (const Factors& f : factors()) {
        const auto add = [&](char matrix, const at::Tensor& tensor) {
            const at::Tensor flat = tensor.view({-1});
            m_parameters.push_back({formats::peftKey(f.site.layer, f.site.projection, matrix), flat, at::zeros_like(flat)});
        };
        add('A', f.a_RI);
        add('B', f.b_OR);
    }
}

at::Tensor LoraAdapter::forward(Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                                model::SavedSite* saved) const
{
    at::Tensor h_TR;
    at::Tensor y_TO = product(factors()[at(site)], x_TI, w_OI, matmul, saved != nullptr ? &h_TR : nullptr);
    if (saved != nullptr) {
        *saved = {h_TR, x_TI};
    }
    return y_TO;
}

at::Tensor LoraAdapter::backward(Site site, const at::Tensor& g_TO, const model::Weight& w_OI, const model::Matmul& matmul,
                                 const model::SavedSite& saved, model::InputGradient need)
{
    const std::size_t i = at(site);
    const Factors& f = factors()[i];
    const at::Tensor gB_TR = matmul.inputGradient(g_TO, f.b_OR);
    m_parameters[2 * i].gradient.add_(matmul.weightGradient(gB_TR, saved[1]).view({-1}), f.scaling);
    m_parameters[2 * i + 1].gradient.add_(matmul.weightGradient(g_TO, saved[0]).view({-1}), f.scaling);
    return need == model::InputGradient::Needed ? inputGradient(f, g_TO, w_OI, matmul, gB_TR) : at::Tensor();
}

Result<void> LoraAdapter::save(const std::filesystem::path& folder, const std::string& baseModel,
                               formats::AdapterRecord record) const
{
    return guard([&] { writeFolder(folder, baseModel, std::move(record), formats::AdapterKind::LowRank, {}); });
}

} // namespace lori::adapters
