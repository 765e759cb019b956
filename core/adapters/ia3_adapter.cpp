// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/ia3_adapter.h"

#include "core/adapters/adapter_folder.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <iterator>

namespace lori::adapters {

using model::Site;

Ia3Adapter::Ia3Adapter(std::shared_ptr<const model::BaseModel> base, experiment::AdapterConfig config)
    : m_base(std::move(base)), m_config(std::move(config)), m_index(*m_base, m_config.ia3Targets)
{
    addParameters();
}

Ia3Adapter::Ia3Adapter(std::shared_ptr<const model::BaseModel> base, const formats::AdapterFiles& files)
    : m_base(std::move(base)), m_index(*m_base, files)
{
    m_config.ia3Targets = files.targets;
    m_config.ia3FeedForward = files.feedForward;
    addParameters();
}

void Ia3Adapter::addParameters()
{
    for (const Site site : m_index.sites()) {
        const model::Weight& w_OI = weightAt(*m_base, site);
        const at::Tensor ones =
            at::ones({w_OI.size(scalesInput(site) ? 1 : 0)}, at::TensorOptions(at::kFloat).device(w_OI.device()));
        m_parameters.push_back({formats::peftIa3Key(site.layer, site.projection), ones, at::zeros_like(ones)});
    }
}

Result<std::unique_ptr<Ia3Adapter>> Ia3Adapter::create(std::shared_ptr<const model::BaseModel> base,
                                                       const experiment::AdapterConfig& config)
{
    return guard([&] {
        return std::unique_ptr<Ia3Adapter>(new Ia3Adapter(std::move(base), config)); // NOLINT: private constructor
    });
}

Result<std::unique_ptr<Ia3Adapter>> Ia3Adapter::load(std::shared_ptr<const model::BaseModel> base,
                                                     const std::filesystem::path& folder)
{
    return guard([&] {
        const formats::AdapterFiles files = openFor(*base, folder, formats::AdapterKind::Ia3);
        std::unique_ptr<Ia3Adapter> adapter(new Ia3Adapter(std::move(base), files)); // NOLINT: private constructor
        for (std::size_t i = 0; i < files.modules.size(); ++i) {
            adapter->m_parameters[i].value.copy_(readTensor(*files.modules[i].scale, *adapter->m_base).view({-1}));
        }
        return adapter;
    });
}

bool Ia3Adapter::scalesInput(Site site) const
{
    const auto& list = m_config.ia3FeedForward;
    return std::find(list.begin(), list.end(), site.projection) != list.end();
}

const at::Tensor& Ia3Adapter::scaleAt(Site site) const
{
    return m_parameters[static_cast<std::size_t>(m_index.find(site))].value;
}

const at::Tensor& Ia3Adapter::biasAt(Site site) const
{
    return m_base->layers()[static_cast<std::size_t>(site.layer)].bias_O[static_cast<std::size_t>(site.projection)];
}

at::Tensor Ia3Adapter::forward(Site site, const at::Tensor& x_TI, const model::Weight& w_OI, const model::Matmul& matmul,
                               model::SavedSite* saved) const
{
    const at::Tensor& l = scaleAt(site);
    if (scalesInput(site)) {
        if (saved != nullptr) {
            *saved = {x_TI};
        }
        return matmul.forward(x_TI * l, w_OI);
    }
    at::Tensor u_TO = matmul.forward(x_TI, w_OI);
    const at::Tensor& bias_O = biasAt(site);
    if (bias_O.defined()) {
        u_TO.add_(bias_O);
    }
    if (saved != nullptr) {
        *saved = {u_TO};
    }
    at::Tensor y_TO = u_TO * l;
    return bias_O.defined() ? y_TO.sub_(bias_O) : y_TO; // the decoder adds the bias to what every method returns
}

at::Tensor Ia3Adapter::backward(Site site, const at::Tensor& g_TO, const model::Weight& w_OI, const model::Matmul& matmul,
                                const model::SavedSite& saved, model::InputGradient need)
{
    at::Tensor& gradient = m_parameters[static_cast<std::size_t>(m_index.find(site))].gradient;
    const at::Tensor& l = scaleAt(site);
    if (scalesInput(site)) {
        at::Tensor gw_TI = matmul.inputGradient(g_TO, w_OI);
        gradient.add_((gw_TI * saved.front()).sum(0));
        return need == model::InputGradient::Needed ? gw_TI.mul_(l) : at::Tensor();
    }
    gradient.add_((g_TO * saved.front()).sum(0));
    return need == model::InputGradient::Needed ? matmul.inputGradient(g_TO * l, w_OI) : at::Tensor();
}

Result<void> Ia3Adapter::save(const std::filesystem::path& folder, const std::string& baseModel,
                              formats::AdapterRecord record) const
{
    return guard([&] {
        record.method = name();
        record.baseFingerprint = m_base->fingerprint();
        TensorList tensors;
        for (std::size_t i = 0; i < m_parameters.size(); ++i) {
            const at::Tensor& l = m_parameters[i].value;
            tensors.add(m_parameters[i].name, scalesInput(m_index.sites()[i]) ? l.view({1, -1}) : l.view({-1, 1}));
        }
        std::vector<formats::ModuleToWrite> modules; // only where some layers have not all of them
        const std::vector<Site>& sites = m_index.sites();
        if (sites.size() != SiteIndex(*m_base, m_config.ia3Targets).sites().size()) {
            std::transform(sites.begin(), sites.end(), std::back_inserter(modules), [](Site site) {
                return formats::ModuleToWrite{site.layer, site.projection, 0, 0};
            });
        }
        formats::writeAdapter(folder,
                              {0, 0, baseModel, m_config.ia3Targets, tensors.toWrite(), std::move(record),
                               formats::AdapterKind::Ia3, false, m_config.ia3FeedForward, std::move(modules), placeOf(*m_base)})
            .value();
    });
}

} // namespace lori::adapters
