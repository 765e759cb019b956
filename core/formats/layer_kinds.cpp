// SPDX-License-Identifier: Apache-2.0
#include "core/formats/config_fields.h"
#include "core/formats/model_layout.h"

#include <algorithm>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr std::int64_t kClassWindow = 4096; // of transformers' classes, where the field is absent and not null

/// SmolLM3: layers that know no positions. The field's 1 means "rotates".
void readUnrotatedLayers(ModelConfig& config, const Fields& fields)
{
    config.unrotatedLayers = perLayer(config, fields, "no_rope_layers", [&](const json& entry) {
        if (entry != json(0) && entry != json(1)) {
            fields.refuse("no_rope_layers", "holds " + entry.dump() + "; 1 (with positions) and 0 (without) are known");
        }
        return entry == json(0);
    });
    if (config.unrotatedLayers.empty()) {
        const std::int64_t interval = fields.integerOr("no_rope_layer_interval", 1, kMaxLayers, 4);
        for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
            config.unrotatedLayers.push_back((layer + 1) % interval == 0);
        }
    }
}

std::int64_t windowOf(const Fields& fields, const FamilySpec& spec)
{
    switch (spec.windows) {
    case Windows::None:
        return 0;
    case Windows::All:
        return fields.integerOr("sliding_window", 1, kMaxContext, 0);
    case Windows::AboveIf:
    case Windows::NoRopeIf:
        return fields.flagOr("use_sliding_window", false) ? fields.integerOr("sliding_window", 1, kMaxContext, 0) : 0;
    case Windows::Pattern:
        return fields.integerOr("sliding_window", 1, kMaxContext, fields.has("sliding_window") ? 0 : kClassWindow);
    }
    return 0;
}

/// Which layers have the window by the family's own rule.
std::vector<bool> slidingByRule(const ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    const std::int64_t first = fields.integerOr("max_window_layers", 0, kMaxContext, 28);
    std::int64_t pattern = spec.pattern;
    if (const json* own = fields.find("sliding_window_pattern"); own != nullptr && spec.windows == Windows::Pattern) {
        if (own->is_string()) {
            fields.refuse("layer_types",
                          "is missing; 'sliding_window_pattern' as text does not say which layers have the window");
        }
        pattern = fields.integer("sliding_window_pattern", 1, kMaxLayers);
    }
    std::vector<bool> sliding;
    for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
        sliding.push_back(spec.windows == Windows::NoRopeIf  ? !config.rotates(layer)
                          : spec.windows == Windows::Pattern ? (layer + 1) % pattern != 0
                                                             : layer >= first);
    }
    return sliding;
}

} // namespace

void readLayerKinds(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    if (spec.unrotated == Unrotated::ByField) {
        readUnrotatedLayers(config, fields);
    }
    std::vector<bool> sliding = perLayer(config, fields, "layer_types", [&](const json& entry) {
        if (entry != json("full_attention") && entry != json("attention") && entry != json("sliding_attention")) {
            refuseKind("the layer type " + entry.dump() + " is not supported (full_attention and sliding_attention are)",
                       fields.where());
        }
        return entry == json("sliding_attention");
    });
    config.slidingWindow = windowOf(fields, spec);
    const bool byLayer =
        spec.windows != Windows::None && (spec.windows != Windows::All || (spec.layersMayDiffer && !sliding.empty()));
    if (byLayer && config.slidingWindow == 0) {
        if (std::find(sliding.begin(), sliding.end(), true) != sliding.end()) {
            fields.refuse("layer_types",
                          "names layers with a sliding window, but 'sliding_window' and 'use_sliding_window' give none");
        }
    } else if (byLayer) {
        config.slidingLayers = sliding.empty() ? slidingByRule(config, fields, spec) : std::move(sliding);
    }
    if (spec.unrotated == Unrotated::OutsideWindows && config.slidingWindow > 0) {
        for (const bool slides : config.slidingLayers) {
            config.unrotatedLayers.push_back(!slides);
        }
    }
    if (spec.unrotated == Unrotated::UnlessNamed && fields.textOr("position_embedding_type", "") != "rope") {
        config.unrotatedLayers.assign(static_cast<std::size_t>(config.shape.layers), true);
    }
}

} // namespace lori::formats
