// SPDX-License-Identifier: Apache-2.0
#include "core/runs/base_scores.h"

#include "core/events/event_fields.h"
#include "core/support/files.h"
#include "core/support/sha256.h"

namespace lori::runs {

using nlohmann::json;

namespace {

constexpr int kVersion = 1;

} // namespace

std::string BaseScores::keyOf(const json& facts)
{
    return sha256Hex(facts.dump());
}

std::optional<std::vector<KeptScore>> BaseScores::find(const std::string& key) const
{
    const auto text = readTextFile(fileOf(key));
    const json kept = text ? json::parse(*text, nullptr, /*allow_exceptions=*/false) : json();
    if (!kept.is_object() || kept.value("version", 0) != kVersion || !kept.contains("scores") || !kept["scores"].is_array()) {
        return std::nullopt;
    }
    std::vector<KeptScore> scores;
    for (const json& each : kept["scores"]) {
        if (!each.is_object() || !each.contains("score") || !each["score"].is_object()) {
            return std::nullopt;
        }
        scores.push_back({events::messageOf<events::Score>(each["score"]), each.value("items", "")});
    }
    return scores.empty() ? std::nullopt : std::optional(std::move(scores));
}

void BaseScores::keep(const std::string& key, const json& facts, const std::vector<KeptScore>& scores) const
{
    static_cast<void>(guard([&] {
        std::filesystem::create_directories(m_folder);
        json kept{{"version", kVersion}, {"facts", facts}, {"scores", json::array()}};
        for (const KeptScore& each : scores) {
            kept["scores"].push_back({{"score", events::fieldsOf(each.score)}, {"items", each.items}});
        }
        writeFileAtomically(fileOf(key), kept.dump(-1, ' ', false, json::error_handler_t::replace) + "\n").value();
    }));
}

} // namespace lori::runs
