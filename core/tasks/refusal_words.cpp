// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/refusal_words.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

namespace lori::tasks {

namespace {

using nlohmann::json;

[[noreturn]] void badRefusalWords(const std::filesystem::path& file, const std::string& problem)
{
    throw Exception(ErrorCode::BadFile, problem, "reinstall the program", file.string());
}

std::vector<std::string> textsOf(const json& list, const std::string& name, const std::filesystem::path& file)
{
    std::vector<std::string> texts;
    for (const json& entry : list.is_array() ? list : json::array({nullptr})) {
        if (!entry.is_string()) {
            badRefusalWords(file, "the list \"" + name + "\" is missing or holds something else than texts");
        }
        texts.push_back(entry.get<std::string>());
    }
    return texts;
}

} // namespace

PatternList::PatternList(const std::vector<std::string>& patterns, const WordPattern::Lists& lists)
{
    for (const std::string& text : patterns) {
        m_patterns.emplace_back(text, lists);
    }
}

PatternList::Match PatternList::find(const std::vector<std::string>& words) const
{
    Match first;
    for (const WordPattern& pattern : m_patterns) {
        Match match;
        match.end = pattern.find(words, &match.begin);
        if (match && match.begin < first.begin) {
            first = match;
        }
    }
    return first;
}

bool PatternList::isIn(const std::vector<std::string>& words) const
{
    return static_cast<bool>(find(words));
}

void PatternList::removeFrom(std::vector<std::string>& words) const
{
    for (const WordPattern& pattern : m_patterns) {
        // Each round takes at least one word and leaves one "|", which no pattern matches.
        for (std::size_t round = words.size(); round > 0; --round) {
            std::size_t begin = 0;
            const std::size_t end = pattern.find(words, &begin);
            if (end == std::string::npos || end == begin) {
                break;
            }
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end));
            words.insert(words.begin() + static_cast<std::ptrdiff_t>(begin), "|");
        }
    }
}

RefusalWords RefusalWords::fromFile(const std::filesystem::path& file)
{
    const json object = json::parse(readTextFile(file).value(), nullptr, /*allow_exceptions=*/false);
    if (!object.is_object() || !object.contains("lists") || !object["lists"].is_object()) {
        badRefusalWords(file, "this is no list of refusing words");
    }
    WordPattern::Lists lists;
    for (const auto& [name, list] : object["lists"].items()) {
        lists[name] = textsOf(list, name, file);
    }
    const auto patterns = [&](const char* name) {
        return PatternList(textsOf(object.value(name, json()), name, file), lists);
    };
    return {patterns("letters"),   patterns("presents"),    patterns("notRefusals"), patterns("curt"),      patterns("refusals"),
            patterns("limits"),    patterns("reluctance"),  patterns("turns"),       patterns("instructs"), patterns("redirects"),
            patterns("apologies"), patterns("judgements"),  patterns("urging"),      patterns("crisis"),    patterns("comfort"),
            patterns("contrasts"), patterns("concessions"), patterns("denials"),     patterns("speakers"),  patterns("asked"),
            patterns("acts"),      patterns("scruples"),    patterns("harms")};
}

} // namespace lori::tasks
