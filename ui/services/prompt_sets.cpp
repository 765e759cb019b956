// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/prompt_sets.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace lori::ui {

namespace {

constexpr int kSetsVersion = 1;
constexpr std::uint64_t kMostSetBytes = 16U << 20U;

/// Nothing when the element is no set.
std::optional<PromptSet> promptSetOf(const nlohmann::json& element)
{
    if (!element.is_object() || !element.contains("name") || !element.contains("prompts") || !element["name"].is_string() ||
        !element["prompts"].is_array()) {
        return std::nullopt;
    }
    PromptSet set{QString::fromStdString(element["name"].get<std::string>()), {}};
    for (const nlohmann::json& prompt : element["prompts"]) {
        if (prompt.is_string()) {
            set.prompts.append(QString::fromStdString(prompt.get<std::string>()));
        }
    }
    return set;
}

bool comesBefore(const PromptSet& a, const PromptSet& b)
{
    return QString::localeAwareCompare(a.name, b.name) < 0;
}

} // namespace

Result<std::vector<PromptSet>> PromptSets::all() const
{
    std::vector<PromptSet> sets;
    std::error_code none;
    if (!std::filesystem::exists(m_file, none)) {
        return sets;
    }
    const auto text = readTextFile(m_file, kMostSetBytes);
    if (!text) {
        return text.error();
    }
    const auto document = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
    if (!document.is_object() || !document.contains("sets") || !document["sets"].is_array() ||
        !document.value("version", nlohmann::json()).is_number_integer()) {
        return Error{ErrorCode::BadFile, "this file holds no prompt sets", "move it away to begin anew", m_file.string()};
    }
    if (document["version"].get<std::int64_t>() > kSetsVersion) {
        return Error{ErrorCode::NewerVersion, "these prompt sets were kept by a newer program", "use that program",
                     m_file.string()};
    }
    for (const nlohmann::json& element : document["sets"]) {
        if (auto set = promptSetOf(element); set && !set->name.isEmpty() && !set->prompts.isEmpty()) {
            sets.push_back(std::move(*set));
        }
    }
    std::sort(sets.begin(), sets.end(), comesBefore);
    return sets;
}

Result<void> PromptSets::save(const PromptSet& set) const
{
    if (set.name.trimmed().isEmpty() || set.prompts.isEmpty()) {
        return Error{
            ErrorCode::InvalidArgument, "a prompt set needs a name and a question", "name it, and ask something first", {}};
    }
    auto sets = all();
    if (!sets) {
        return sets.error();
    }
    std::erase_if(*sets, [&](const PromptSet& other) { return other.name == set.name; });
    sets->push_back(set);
    return write(*sets);
}

Result<void> PromptSets::remove(const QString& name) const
{
    auto sets = all();
    if (!sets) {
        return sets.error();
    }
    std::erase_if(*sets, [&](const PromptSet& other) { return other.name == name; });
    return write(*sets);
}

Result<void> PromptSets::write(const std::vector<PromptSet>& sets) const
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const PromptSet& set : sets) {
        nlohmann::ordered_json prompts = nlohmann::ordered_json::array();
        for (const QString& prompt : set.prompts) {
            prompts.push_back(prompt.toStdString());
        }
        list.push_back({{"name", set.name.toStdString()}, {"prompts", std::move(prompts)}});
    }
    std::error_code ignored; // writing says it when there is no folder
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    return writeFileAtomically(m_file,
                               nlohmann::ordered_json{{"version", kSetsVersion}, {"sets", std::move(list)}}.dump(2) + "\n");
}

} // namespace lori::ui
