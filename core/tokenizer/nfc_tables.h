// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// Unicode 9.0, which is what `tokenizers` normalizes by; written by packaging/make-nfc-tables.py. All in rising order. Hangul
// syllables are not here, they follow a rule.

namespace lori::tokenizer {

/// Characters first … last of one canonical combining class (not 0).
struct CombiningRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t combiningClass = 0;
};
/// A character that decomposes into two.
struct Pair {
    std::uint32_t character = 0;
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::uint32_t composes = 0; ///< 1: the two become the character again, 0: they stay two
};
/// A character that stands for another one.
struct Singleton {
    std::uint32_t character = 0;
    std::uint32_t other = 0;
};

inline constexpr std::size_t kCombiningRangeCount = 333;
inline constexpr std::size_t kPairCount = 1025;
inline constexpr std::size_t kSingletonCount = 1035;
extern const std::array<CombiningRange, kCombiningRangeCount> kCombiningRanges;
extern const std::array<Pair, kPairCount> kPairs;
extern const std::array<Singleton, kSingletonCount> kSingletons;

} // namespace lori::tokenizer
