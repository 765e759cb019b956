// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/nfc.h"

#include "core/tokenizer/nfc_tables.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace lori::tokenizer {

namespace {

// Hangul: a syllable is a leading consonant, a vowel and perhaps a trailing consonant, numbered by position.
constexpr char32_t kSyllables = 0xac00;
constexpr char32_t kLeading = 0x1100;
constexpr char32_t kVowels = 0x1161;
constexpr char32_t kTrailing = 0x11a7; ///< one before the first: 0 is "none"
constexpr char32_t kLeadingCount = 19;
constexpr char32_t kVowelCount = 21;
constexpr char32_t kTrailingCount = 28;
constexpr char32_t kSyllableCount = kLeadingCount * kVowelCount * kTrailingCount;

std::uint32_t combiningClass(char32_t c)
{
    const auto range = std::upper_bound(kCombiningRanges.begin(), kCombiningRanges.end(), c,
                                        [](char32_t value, const CombiningRange& r) { return value < r.first; });
    return range != kCombiningRanges.begin() && c <= std::prev(range)->last ? std::prev(range)->combiningClass : 0;
}

template <typename Table>
const typename Table::value_type* entryOf(const Table& table, char32_t c)
{
    const auto place = std::lower_bound(table.begin(), table.end(), c,
                                        [](const auto& entry, char32_t value) { return entry.character < value; });
    return place != table.end() && place->character == c ? &*place : nullptr;
}

/// Appends the full canonical decomposition of one character.
void decompose(char32_t c, std::u32string& out)
{
    if (c >= kSyllables && c < kSyllables + kSyllableCount) {
        const char32_t index = c - kSyllables;
        out += kLeading + index / (kVowelCount * kTrailingCount);
        out += kVowels + index % (kVowelCount * kTrailingCount) / kTrailingCount;
        if (index % kTrailingCount != 0) {
            out += kTrailing + index % kTrailingCount;
        }
    } else if (const Pair* pair = entryOf(kPairs, c)) {
        decompose(pair->first, out);
        out += static_cast<char32_t>(pair->second); // a second part never decomposes further, but its order is settled later
    } else if (const Singleton* singleton = entryOf(kSingletons, c)) {
        decompose(singleton->other, out);
    } else {
        out += c;
    }
}

/// Combining characters behind each starter in rising class, those of equal class in their own order.
void order(std::u32string& text)
{
    for (std::size_t begin = 0; begin < text.size();) {
        if (combiningClass(text[begin]) == 0) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < text.size() && combiningClass(text[end]) != 0) {
            ++end;
        }
        std::stable_sort(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end),
                         [](char32_t a, char32_t b) { return combiningClass(a) < combiningClass(b); });
        begin = end;
    }
}

/// The character that two become, if any.
std::optional<char32_t> composed(char32_t a, char32_t b)
{
    if (a >= kLeading && a < kLeading + kLeadingCount && b >= kVowels && b < kVowels + kVowelCount) {
        return kSyllables + ((a - kLeading) * kVowelCount + (b - kVowels)) * kTrailingCount;
    }
    if (a >= kSyllables && a < kSyllables + kSyllableCount && (a - kSyllables) % kTrailingCount == 0 && b > kTrailing &&
        b < kTrailing + kTrailingCount) {
        return a + (b - kTrailing);
    }
    static const auto kComposites = [] {
        std::map<std::pair<char32_t, char32_t>, char32_t> map;
        for (const Pair& pair : kPairs) {
            if (pair.composes != 0) {
                map.emplace(std::pair(pair.first, pair.second), pair.character);
            }
        }
        return map;
    }();
    const auto place = kComposites.find({a, b});
    return place == kComposites.end() ? std::nullopt : std::optional(place->second);
}

/// Joins each character with the last starter before it unless something of the same or a higher class stands between.
void compose(std::u32string& text)
{
    std::size_t written = 0;
    std::optional<std::size_t> starter; ///< position in the written part
    std::uint32_t lastClass = 0;        ///< of the character written last behind the starter
    for (const char32_t c : text) {
        const std::uint32_t kind = combiningClass(c);
        const bool isAdjacent = starter && *starter + 1 == written;
        if (starter && (isAdjacent || (lastClass < kind && lastClass != 0))) {
            if (const auto joined = composed(text[*starter], c)) {
                text[*starter] = *joined;
                continue;
            }
        }
        if (kind == 0) {
            starter = written;
        }
        lastClass = kind;
        text[written++] = c;
    }
    text.resize(written);
}

} // namespace

std::string normalizedNfc(std::string_view text)
{
    // What lies below U+0300 stays as it is; everything from there on begins with a byte of at least 0xcc.
    if (std::none_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) >= 0xcc; })) {
        return std::string(text);
    }
    std::u32string points;
    for (const char32_t c : codePoints(text)) {
        decompose(c, points);
    }
    order(points);
    compose(points);
    std::string result;
    result.reserve(text.size());
    for (const char32_t c : points) {
        appendUtf8(result, c);
    }
    return result;
}

} // namespace lori::tokenizer
