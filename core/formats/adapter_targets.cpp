// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_targets.h"

#include "core/formats/adapter_config.h"

#include <algorithm>
#include <cctype>

namespace lori::formats {

using nlohmann::json;

namespace {

bool isNumberOfLayer(const json& value)
{
    return value.is_number_integer() && value >= 0 && value < 1'000'000;
}

/// The patterns of rank_pattern or alpha_pattern in the order of the file; `read` checks a value.
template <typename T, typename Read>
std::vector<std::pair<NamePattern, T>> patternsOf(const Fields& fields, const std::string& text, const char* field, Read read)
{
    std::vector<std::pair<NamePattern, T>> patterns;
    const json* found = fields.find(field);
    if (found == nullptr) {
        return patterns;
    }
    if (!found->is_object()) {
        fields.refuse(field, "is not an object");
    }
    const auto ordered = nlohmann::ordered_json::parse(text);
    for (const auto& [key, value] : ordered.at(field).items()) {
        patterns.emplace_back(NamePattern("(.*\\.)?(" + key + ")$", field, fields.where()), read(key, value));
    }
    return patterns;
}

template <typename T>
std::optional<T> firstFit(const std::vector<std::pair<NamePattern, T>>& patterns, const std::string& module)
{
    for (const auto& [pattern, value] : patterns) {
        if (pattern.matchesStart(module)) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace

NameSet::NameSet(const Fields& fields, const char* field)
{
    const json* value = fields.find(field);
    if (value == nullptr) {
        return;
    }
    m_isSaid = true;
    if (value->is_string()) {
        m_pattern.emplace(value->get<std::string>(), field, fields.where());
        return;
    }
    if (!value->is_array()) {
        fields.refuse(field, "is neither a list of names nor an expression");
    }
    for (const json& name : *value) {
        if (!name.is_string() || name.get_ref<const std::string&>().empty()) {
            fields.refuse(field, "holds " + name.dump() + ", which is no name");
        }
        m_names.push_back(name.get<std::string>());
    }
}

bool NameSet::contains(const std::string& module) const
{
    if (m_pattern) {
        return m_pattern->matchesWhole(module);
    }
    return std::any_of(m_names.begin(), m_names.end(),
                       [&](const std::string& name) { return module == name || module.ends_with("." + name); });
}

bool endsWithOne(const NameSet& set, const std::string& module)
{
    if (set.pattern()) {
        return set.pattern()->matchesWhole(module);
    }
    return std::any_of(set.names().begin(), set.names().end(), [&](const std::string& name) { return module.ends_with(name); });
}

AdapterTargets::AdapterTargets(const Fields& fields, const std::string& text)
{
    const json* targets = fields.find("target_modules");
    if (targets != nullptr && targets->is_string()) {
        std::string lower = targets->get<std::string>();
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        m_isAllLinear = lower == "all-linear";
    }
    m_targets = NameSet(fields, "target_modules");
    m_excluded = NameSet(fields, "exclude_modules");
    m_whole = NameSet(fields, "modules_to_save");
    if (m_whole.pattern()) {
        fields.refuse("modules_to_save", "is not a list of names");
    }
    for (const std::string& name : m_whole.names()) {
        m_wholePatterns.emplace_back("(^|.*\\.)" + name + "($|\\..*)", "modules_to_save", fields.where());
    }
    readLayers(fields);
    m_ranks = patternsOf<std::int64_t>(fields, text, "rank_pattern", [&](const std::string& key, const auto& value) {
        if (!value.is_number_integer() || value < 1 || value > kMaxRank) {
            fields.refuse("rank_pattern", "gives '" + key + "' the rank " + value.dump());
        }
        return value.template get<std::int64_t>();
    });
    m_alphas = patternsOf<double>(fields, text, "alpha_pattern", [&](const std::string& key, const auto& value) {
        if (!value.is_number() || !(value > 0) || !(value < kMaxAlpha)) {
            fields.refuse("alpha_pattern", "gives '" + key + "' the alpha " + value.dump());
        }
        return value.template get<double>();
    });
}

void AdapterTargets::readLayers(const Fields& fields)
{
    const json* layers = fields.find("layers_to_transform");
    if (layers == nullptr) {
        return;
    }
    for (const json& layer : layers->is_array() ? *layers : json::array({*layers})) {
        if (!isNumberOfLayer(layer)) {
            fields.refuse("layers_to_transform", "holds " + layer.dump() + ", which is no number of a layer");
        }
        m_layers.push_back(layer.get<std::int64_t>());
    }
    if (!m_layers.empty() && m_targets.pattern()) {
        fields.refuse("layers_to_transform", "stands beside an expression in 'target_modules', which PEFT refuses too");
    }
    const NameSet lists(fields, "layers_pattern");
    std::vector<std::string> names = lists.names();
    if (const json* one = fields.find("layers_pattern"); one != nullptr && one->is_string() && !one->empty()) {
        names = {one->get<std::string>()};
    }
    names.erase(std::remove(names.begin(), names.end(), ""), names.end());
    for (const std::string& name : names) {
        m_layerPatterns.emplace_back("(?:^|.*?\\.)" + name + "\\.(?<idx>\\d+)\\.", "layers_pattern", fields.where());
    }
    if (m_layerPatterns.empty()) {
        m_layerPatterns.emplace_back(".*?\\.[^.]*\\.(?<idx>\\d+)\\.", "layers_pattern", fields.where());
    }
}

bool AdapterTargets::isInLayers(const std::string& module) const
{
    if (m_layers.empty()) {
        return true;
    }
    for (const NamePattern& pattern : m_layerPatterns) {
        if (const std::int64_t layer = pattern.layerIn(module); layer >= 0) {
            return std::find(m_layers.begin(), m_layers.end(), layer) != m_layers.end();
        }
    }
    return false;
}

bool AdapterTargets::contains(const std::string& module) const
{
    const auto isWhole = [&](const NamePattern& pattern) {
        return pattern.matchesStart(module);
    };
    if (m_excluded.contains(module) || std::any_of(m_wholePatterns.begin(), m_wholePatterns.end(), isWhole)) {
        return false;
    }
    if (m_isAllLinear) {
        return !module.ends_with("lm_head") && !module.ends_with("embed_tokens");
    }
    return (!m_targets.isSaid() || m_targets.contains(module)) && isInLayers(module);
}

std::optional<std::int64_t> AdapterTargets::rankOf(const std::string& module) const
{
    return firstFit(m_ranks, module);
}

std::optional<double> AdapterTargets::alphaOf(const std::string& module) const
{
    return firstFit(m_alphas, module);
}

bool AdapterTargets::isPlain() const
{
    const auto hasPlace = [](const std::string& name) {
        return name.find('.') != std::string::npos;
    };
    const bool onlyNames =
        m_isAllLinear || (!m_targets.pattern() && std::none_of(m_targets.names().begin(), m_targets.names().end(), hasPlace));
    return onlyNames && m_layers.empty() && m_excluded.isEmpty();
}

} // namespace lori::formats
