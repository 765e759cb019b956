// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/bpe.h"

#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <iterator>
#include <limits>
#include <queue>
#include <tuple>

namespace lori::tokenizer {

namespace {

constexpr std::uint64_t kEmpty = std::numeric_limits<std::uint64_t>::max();
constexpr std::int32_t kNoRank = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kShortWord = 32;

std::uint64_t keyOf(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32U) | static_cast<std::uint32_t>(right);
}

std::vector<std::int32_t> tokensOfBytes(const BpeTables& tables, std::string_view bytes)
{
    std::vector<std::int32_t> tokens;
    tokens.reserve(bytes.size());
    bool isAfterUnknown = false;
    for (const char byte : bytes) {
        const std::int32_t token = tables.tokenOfByte[static_cast<unsigned char>(byte)];
        if (token >= 0) {
            tokens.push_back(token);
        } else if (tables.unknown && !(tables.fuseUnknown && isAfterUnknown)) {
            tokens.push_back(*tables.unknown);
        }
        isAfterUnknown = token < 0;
    }
    return tokens;
}

/// The symbol of several characters that stands at the front of `text` and may not be taken apart.
const std::pair<std::string, std::int32_t>* wholeSymbolAt(const BpeTables& tables, std::string_view text)
{
    for (const auto& symbol : tables.wholeSymbols) {
        if (text.starts_with(symbol.first)) {
            return &symbol;
        }
    }
    return nullptr;
}

/// Appends the byte tokens of a character; false when one of them is missing.
bool appendBytes(const BpeTables& tables, std::string_view character, std::vector<std::int32_t>& tokens)
{
    const auto of = [&](char byte) {
        return tables.tokenOfByte[static_cast<unsigned char>(byte)];
    };
    if (!tables.hasByteFallback || std::any_of(character.begin(), character.end(), [&](char byte) { return of(byte) < 0; })) {
        return false;
    }
    std::transform(character.begin(), character.end(), std::back_inserter(tokens), of);
    return true;
}

/// As `tokenizers` does: unknown characters are put down when a known one follows, so bytes in between come before them.
std::vector<std::int32_t> tokensOfCharacters(const BpeTables& tables, std::string_view text)
{
    std::vector<std::int32_t> tokens;
    std::size_t unknown = 0;
    const auto flushUnknown = [&] {
        if (tables.unknown) {
            tokens.insert(tokens.end(), tables.fuseUnknown ? std::min<std::size_t>(unknown, 1) : unknown, *tables.unknown);
        }
        unknown = 0;
    };
    while (!text.empty()) {
        if (const auto* symbol = wholeSymbolAt(tables, text)) {
            flushUnknown();
            tokens.push_back(symbol->second);
            text.remove_prefix(symbol->first.size());
            continue;
        }
        const std::string_view character = text.substr(0, characterLength(text[0]));
        const auto known = tables.tokenOfCharacter.find(codePoints(character)[0]);
        if (known != tables.tokenOfCharacter.end()) {
            flushUnknown();
            tokens.push_back(known->second);
        } else if (!appendBytes(tables, character, tokens)) {
            ++unknown;
        }
        text.remove_prefix(character.size());
    }
    flushUnknown();
    return tokens;
}

/// Few tokens: look for the best pair anew each time; the ranks of all pairs are kept beside the tokens.
void mergeShort(const MergeTable& merges, std::vector<std::int32_t>& tokens)
{
    std::array<Merge, kShortWord> best;
    const auto lookUp = [&](std::size_t i) {
        const Merge* merge = i + 1 < tokens.size() ? merges.find(tokens[i], tokens[i + 1]) : nullptr;
        best[i] = merge == nullptr ? Merge{kNoRank, 0} : *merge;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        lookUp(i);
    }
    while (tokens.size() > 1) {
        std::size_t at = 0;
        for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
            at = best[i].rank < best[at].rank ? i : at;
        }
        if (best[at].rank == kNoRank) {
            return;
        }
        tokens[at] = best[at].token;
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        for (std::size_t i = at + 1; i < tokens.size(); ++i) {
            best[i] = best[i + 1];
        }
        lookUp(at);
        if (at > 0) {
            lookUp(at - 1);
        }
    }
}

/// Many tokens: a linked list and a queue of pairs; pairs that have changed meanwhile are skipped when they come up.
void mergeLong(const MergeTable& merges, std::vector<std::int32_t>& tokens)
{
    constexpr std::size_t kEnd = std::numeric_limits<std::size_t>::max();
    const std::size_t n = tokens.size();
    std::vector<std::size_t> next(n);
    std::vector<std::size_t> previous(n);
    using Candidate =
        std::tuple<std::int32_t, std::size_t, std::int32_t, std::int32_t>; // rank, position, left token, right token
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
    const auto offer = [&](std::size_t i) {
        if (i != kEnd && next[i] != kEnd) {
            if (const Merge* merge = merges.find(tokens[i], tokens[next[i]])) {
                queue.emplace(merge->rank, i, tokens[i], tokens[next[i]]);
            }
        }
    };
    for (std::size_t i = 0; i < n; ++i) {
        next[i] = i + 1 < n ? i + 1 : kEnd;
        previous[i] = i > 0 ? i - 1 : kEnd;
    }
    for (std::size_t i = 0; i < n; ++i) {
        offer(i);
    }
    constexpr std::int32_t kGone = -1;
    while (!queue.empty()) {
        const auto [rank, i, left, right] = queue.top();
        queue.pop();
        if (tokens[i] != left || next[i] == kEnd || tokens[next[i]] != right) {
            continue;
        }
        const std::size_t removed = next[i];
        tokens[i] = merges.find(left, right)->token;
        tokens[removed] = kGone;
        next[i] = next[removed];
        if (next[i] != kEnd) {
            previous[next[i]] = i;
        }
        offer(previous[i]);
        offer(i);
    }
    std::erase(tokens, kGone);
}

} // namespace

MergeTable::MergeTable(std::size_t count) : m_slots(std::bit_ceil(2 * count + 2), Slot{kEmpty, {}}), m_mask(m_slots.size() - 1) {}

std::size_t MergeTable::slotOf(std::uint64_t key) const
{
    std::uint64_t mixed = key * 0x9e3779b97f4a7c15ULL; // Fibonacci hashing, the high half folded down
    mixed ^= mixed >> 32U;
    std::size_t slot = static_cast<std::size_t>(mixed) & m_mask;
    while (m_slots[slot].key != key && m_slots[slot].key != kEmpty) {
        slot = (slot + 1) & m_mask;
    }
    return slot;
}

void MergeTable::insert(std::int32_t left, std::int32_t right, Merge merge)
{
    m_slots[slotOf(keyOf(left, right))] = {keyOf(left, right), merge};
}

const Merge* MergeTable::find(std::int32_t left, std::int32_t right) const
{
    const Slot& slot = m_slots[slotOf(keyOf(left, right))];
    return slot.key == kEmpty ? nullptr : &slot.merge;
}

void encodeWord(const BpeTables& tables, std::string_view word, std::vector<std::int32_t>& ids)
{
    if (tables.ignoreMerges) {
        if (const auto whole = tables.tokenOfWord.find(std::string(word)); whole != tables.tokenOfWord.end()) {
            ids.push_back(whole->second);
            return;
        }
    }
    std::vector<std::int32_t> tokens = tables.isByteLevel ? tokensOfBytes(tables, word) : tokensOfCharacters(tables, word);
    if (tokens.size() <= kShortWord) {
        mergeShort(tables.merges, tokens);
    } else {
        mergeLong(tables.merges, tokens);
    }
    ids.insert(ids.end(), tokens.begin(), tokens.end());
}

} // namespace lori::tokenizer
