// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/mask_set.h"

namespace lori::ui {

Result<std::shared_ptr<const MaskSet>> readMaskSet(const std::vector<MaskSource>& sources, const std::atomic_bool& cancelled)
{
    return guard([&]() -> std::shared_ptr<const MaskSet> {
        auto set = std::make_shared<MaskSet>();
        set->sources = sources;
        for (const MaskSource& source : sources) {
            if (cancelled) {
                throw Exception(ErrorCode::Stopped, "reading was cancelled");
            }
            set->names << QString::fromStdString(source.name.empty() ? source.title : source.name);
            set->masks.push_back(formats::readMask(source.maskFile).value());
        }
        set->territory = analysis::territoryOf(set->masks).value();
        if (set->masks.size() > 1) {
            set->comparison = analysis::compareMasks(set->masks).value();
        }
        return set;
    });
}

} // namespace lori::ui
