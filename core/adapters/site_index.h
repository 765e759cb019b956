// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"
#include "core/model/base_model.h"
#include "core/model/linear_adapter.h"

#include <cstdint>
#include <vector>

namespace lori::adapters {

/// Which linear layers of the decoder a method sits on, in the order of every file: layer, then projection.
class SiteIndex final {
public:
    /// Every layer's `targets`.
    SiteIndex(const model::BaseModel& base, const std::vector<Projection>& targets);
    /// The modules of a folder that openFor() accepted; they need not be in every layer.
    SiteIndex(const model::BaseModel& base, const formats::AdapterFiles& files);

    [[nodiscard]] const std::vector<model::Site>& sites() const { return m_sites; }
    /// Position in sites(), −1 when the method does not sit there.
    [[nodiscard]] std::int64_t find(model::Site site) const;

private:
    std::vector<model::Site> m_sites;
    std::vector<std::int64_t> m_positions; ///< layer · 7 + projection → position
};

/// The frozen W [out, in] under a site.
[[nodiscard]] const model::Weight& weightAt(const model::BaseModel& base, model::Site site);

} // namespace lori::adapters
