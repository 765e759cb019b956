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

/// The vocabulary and merges of byte-level BPE, over raw bytes.
struct BpeTables {
    std::array<std::int32_t, 256> tokenOfByte{}; ///< -1: the vocabulary lacks this byte
    MergeTable merges{0};
    std::optional<std::int32_t> unknown;                       ///< stands for bytes the vocabulary lacks; without it they vanish
    bool fuseUnknown = false;                                  ///< neighbouring unknown bytes become one token
    bool ignoreMerges = false;                                 ///< a word that is a token stays whole
    std::unordered_map<std::string, std::int32_t> tokenOfWord; ///< by bytes; only filled with ignoreMerges
};

/// Byte-pair encoding of one word: starts from its bytes and again and again merges the pair of the lowest rank, the leftmost
/// first. Appends the ids. Cost: O(n²) for words up to 32 bytes, O(n log n) beyond.
void encodeWord(const BpeTables& tables, std::string_view bytes, std::vector<std::int32_t>& ids);

} // namespace lori::tokenizer
