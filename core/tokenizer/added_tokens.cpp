// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/added_tokens.h"

#include <algorithm>

namespace lori::tokenizer {

namespace {

/// Begin of the character that ends before `at`.
std::size_t characterBefore(std::string_view text, std::size_t at)
{
    do {
        --at;
    } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80);
    return at;
}

std::size_t characterAfter(std::string_view text, std::size_t at)
{
    do {
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80);
    return at;
}

bool matches(const Pattern& pattern, std::string_view text)
{
    bool isFound = false;
    pattern.forEachMatch(text, [&](std::size_t, std::size_t) { isFound = true; });
    return isFound;
}

} // namespace

AddedTokenFinder::AddedTokenFinder(std::vector<AddedToken> tokens)
    : m_tokens(std::move(tokens)), m_spaces(R"(\s)"), m_wordCharacter(R"([\p{L}\p{M}\p{N}\p{Pc}])")
{
    std::stable_sort(m_tokens.begin(), m_tokens.end(),
                     [](const AddedToken& a, const AddedToken& b) { return a.content.size() > b.content.size(); });
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        if (!m_tokens[i].content.empty()) {
            m_byFirstByte[static_cast<unsigned char>(m_tokens[i].content[0])].push_back(i);
        }
    }
}

const AddedToken* AddedTokenFinder::tokenAt(std::string_view text, std::size_t at) const
{
    for (const std::size_t i : m_byFirstByte[static_cast<unsigned char>(text[at])]) {
        if (text.substr(at).starts_with(m_tokens[i].content)) {
            return &m_tokens[i];
        }
    }
    return nullptr;
}

std::vector<Stretch> AddedTokenFinder::split(std::string_view text) const
{
    std::vector<Stretch> stretches;
    std::size_t done = 0; // everything before belongs to a stretch already
    for (std::size_t at = 0; at < text.size();) {
        const AddedToken* token = tokenAt(text, at);
        if (token == nullptr) {
            ++at;
            continue;
        }
        std::size_t begin = at;
        std::size_t end = at + token->content.size();
        at = end;
        const auto isWordAt = [&](std::size_t from, std::size_t to) {
            return matches(m_wordCharacter, text.substr(from, to - from));
        };
        if (token->singleWord && ((begin > 0 && isWordAt(characterBefore(text, begin), begin)) ||
                                  (end < text.size() && isWordAt(end, characterAfter(text, end))))) {
            continue;
        }
        while (token->stripLeft && begin > done &&
               matches(m_spaces, text.substr(characterBefore(text, begin), begin - characterBefore(text, begin)))) {
            begin = characterBefore(text, begin);
        }
        while (token->stripRight && end < text.size() && matches(m_spaces, text.substr(end, characterAfter(text, end) - end))) {
            end = characterAfter(text, end);
        }
        if (begin > done) {
            stretches.push_back({std::nullopt, text.substr(done, begin - done)});
        }
        stretches.push_back({token->id, text.substr(begin, end - begin)});
        done = end;
        at = std::max(at, end);
    }
    if (done < text.size()) {
        stretches.push_back({std::nullopt, text.substr(done)});
    }
    return stretches;
}

} // namespace lori::tokenizer
