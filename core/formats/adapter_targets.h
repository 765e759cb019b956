// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which modules an adapter_config.json adapts, and with which rank and scaling: as PEFT 0.21 decides it, name by name. Internal
// to this room.

#include "core/formats/json_fields.h"
#include "core/formats/name_pattern.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lori::formats {

/// A list of names, of which the end of a module's name is enough, or an expression for the whole name.
class NameSet final {
public:
    NameSet() = default; ///< not said
    /// Throws BadFile when the field is neither text nor a list of names.
    NameSet(const Fields& fields, const char* field);

    [[nodiscard]] bool isSaid() const { return m_isSaid; }
    [[nodiscard]] bool isEmpty() const { return m_names.empty() && !m_pattern; }
    [[nodiscard]] const std::optional<NamePattern>& pattern() const { return m_pattern; }
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    /// "v_proj" and "self_attn.v_proj" contain "…self_attn.v_proj", "proj" does not.
    [[nodiscard]] bool contains(const std::string& module) const;

private:
    bool m_isSaid = false;
    std::vector<std::string> m_names;
    std::optional<NamePattern> m_pattern;
};

class AdapterTargets final {
public:
    AdapterTargets() = default;
    /// `text` is the file itself, for the order of the patterns: the first that fits counts. Throws BadFile and Unsupported.
    AdapterTargets(const Fields& fields, const std::string& text);

    /// Whether PEFT would adapt this module, for instance "model.layers.0.self_attn.q_proj". Tensors of others it leaves unread.
    [[nodiscard]] bool contains(const std::string& module) const;
    /// Of a module that rank_pattern or alpha_pattern names.
    [[nodiscard]] std::optional<std::int64_t> rankOf(const std::string& module) const;
    [[nodiscard]] std::optional<double> alphaOf(const std::string& module) const;

    [[nodiscard]] bool saysTargets() const { return m_targets.isSaid(); }
    /// Plain names of projections, nothing excluded and every layer: then names alone say which modules there are.
    [[nodiscard]] bool isPlain() const;
    /// modules_to_save
    [[nodiscard]] const std::vector<std::string>& wholeModules() const { return m_whole.names(); }

private:
    template <typename T>
    using Patterns = std::vector<std::pair<NamePattern, T>>;

    void readLayers(const Fields& fields);
    [[nodiscard]] bool isInLayers(const std::string& module) const;

    NameSet m_targets;
    NameSet m_excluded;
    NameSet m_whole;
    std::vector<NamePattern> m_wholePatterns;
    bool m_isAllLinear = false;
    std::vector<std::int64_t> m_layers; ///< empty = all
    std::vector<NamePattern> m_layerPatterns;
    Patterns<std::int64_t> m_ranks;
    Patterns<double> m_alphas;
};

/// Of a configuration of IA3, whose rule for names is its own: any end of a name will do.
[[nodiscard]] bool endsWithOne(const NameSet& set, const std::string& module);

} // namespace lori::formats
