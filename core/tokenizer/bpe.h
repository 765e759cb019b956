// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lori::tokenizer {

/// What a pair of neighbouring tokens becomes, and how early (a lower rank merges first).
struct Merge {
    std::int32_t rank = 0;
    std::int32_t token = 0;
};

/// (left token, right token) → Merge: open addressing, about two look-ups in the same cache line.
class MergeTable final {
public:
    explicit MergeTable(std::size_t count);
    /// A later entry for the same pair replaces the earlier one, as in `tokenizers`.
    void insert(std::int32_t left, std::int32_t right, Merge merge);
    [[nodiscard]] const Merge* find(std::int32_t left, std::int32_t right) const;

private:
    struct Slot {
        std::uint64_t key = 0; ///< all ones: empty (ids are not negative)
        Merge merge;
    };
    [[nodiscard]] std::size_t slotOf(std::uint64_t key) const;

    std::vector<Slot> m_slots;
    std::size_t m_mask = 0;
};

/// The vocabulary and merges of BPE: byte-level ones start from the bytes of a word, SentencePiece-style ones from its
/// characters.
struct BpeTables {
    bool isByteLevel = true;
    /// -1: the vocabulary lacks this byte. Byte-level: where a word starts from. Otherwise, with hasByteFallback: what characters
    /// the vocabulary lacks are spelled with.
    std::array<std::int32_t, 256> tokenOfByte{};
    bool hasByteFallback = false;
    std::unordered_map<char32_t, std::int32_t> tokenOfCharacter;    ///< not byte-level
    std::vector<std::pair<std::string, std::int32_t>> wholeSymbols; ///< SentencePiece's user-defined symbols, the longest first
    MergeTable merges{0};
    std::optional<std::int32_t> unknown;                       ///< stands for what the vocabulary lacks; without it that vanishes
    bool fuseUnknown = false;                                  ///< neighbouring unknown bytes or characters become one token
    bool ignoreMerges = false;                                 ///< a word that is a token stays whole
    std::unordered_map<std::string, std::int32_t> tokenOfWord; ///< by bytes; only filled with ignoreMerges
};

/// Byte-pair encoding of one word: starts from its bytes or characters and again and again merges the pair of the lowest rank,
/// the leftmost first. Appends the ids. Cost: O(n²) for words up to 32 bytes, O(n log n) beyond.
void encodeWord(const BpeTables& tables, std::string_view word, std::vector<std::int32_t>& ids);

} // namespace lori::tokenizer
