// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/site_index.h"

#include <algorithm>

namespace lori::adapters {

namespace {

std::size_t slot(model::Site site)
{
    return static_cast<std::size_t>(site.layer) * kAllProjections.size() + static_cast<std::size_t>(site.projection);
}

} // namespace

SiteIndex::SiteIndex(const model::BaseModel& base, const std::vector<Projection>& targets)
{
    const auto layers = static_cast<std::int64_t>(base.layers().size());
    m_positions.assign(base.layers().size() * kAllProjections.size(), -1);
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        for (const Projection p : kAllProjections) {
            if (std::find(targets.begin(), targets.end(), p) != targets.end()) {
                m_positions[slot({layer, p})] = static_cast<std::int64_t>(m_sites.size());
                m_sites.push_back({layer, p});
            }
        }
    }
}

SiteIndex::SiteIndex(const model::BaseModel& base, const formats::AdapterFiles& files)
{
    m_positions.assign(base.layers().size() * kAllProjections.size(), -1);
    for (const formats::AdapterModule& module : files.modules) {
        m_positions[slot({module.layer, module.projection})] = static_cast<std::int64_t>(m_sites.size());
        m_sites.push_back({module.layer, module.projection});
    }
}

std::int64_t SiteIndex::find(model::Site site) const
{
    return m_positions[slot(site)];
}

const model::Weight& weightAt(const model::BaseModel& base, model::Site site)
{
    return base.layers()[static_cast<std::size_t>(site.layer)].w_OI[static_cast<std::size_t>(site.projection)];
}

} // namespace lori::adapters
