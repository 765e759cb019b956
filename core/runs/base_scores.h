// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_types.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::runs {

/// One score of the base model with its judged rows.
struct KeptScore {
    events::Score score;
    std::string items; ///< the rows as JSON lines; "" for a score that has none of its own
};

/// Scores of base models that were measured once: <home>/scores/<key>.json, one file for a (model, task, options). Every run that
/// would measure the same takes them from here. A file that cannot be read counts as none, and one that cannot be written is no
/// reason to fail: the score is then measured again.
class BaseScores final {
public:
    explicit BaseScores(std::filesystem::path homeRoot) : m_folder(std::move(homeRoot) / "scores") {}

    /// 64 hex digits over all that decides a score; equal `facts` give equal keys.
    [[nodiscard]] static std::string keyOf(const nlohmann::json& facts);
    [[nodiscard]] std::optional<std::vector<KeptScore>> find(const std::string& key) const;
    void keep(const std::string& key, const nlohmann::json& facts, const std::vector<KeptScore>& scores) const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string& key) const { return m_folder / (key + ".json"); }
    std::filesystem::path m_folder;
};

} // namespace lori::runs
