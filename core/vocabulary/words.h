// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"
#include "core/vocabulary/device.h"
#include "core/vocabulary/mask_scope.h"
#include "core/vocabulary/products.h"
#include "core/vocabulary/projection.h"
#include "core/vocabulary/weight_type.h"

#include <span>
#include <string>
#include <string_view>

namespace lori {

/// The word that stands for a value of an enumeration in JSON and on the command line.
template <typename Enum>
struct Word {
    Enum value;
    std::string_view word;
};

/// Every word of an enumeration, in the order of its declaration: also what a list box offers.
template <typename Enum>
[[nodiscard]] std::span<const Word<Enum>> words();
template <>
std::span<const Word<Projection>> words<Projection>();
template <>
std::span<const Word<Device>> words<Device>();
template <>
std::span<const Word<WeightType>> words<WeightType>();
template <>
std::span<const Word<Products>> words<Products>();
template <>
std::span<const Word<MaskScope>> words<MaskScope>();
template <>
std::span<const Word<MaskRule>> words<MaskRule>();

/// "model" for MaskScope::Model, and so on.
template <typename Enum>
[[nodiscard]] std::string_view wordOf(Enum value)
{
    for (const Word<Enum>& entry : words<Enum>()) {
        if (entry.value == value) {
            return entry.word;
        }
    }
    return "unknown";
}

/// "one of "model", "module", …", for messages.
template <typename Enum>
[[nodiscard]] std::string wordList()
{
    std::string text;
    for (const Word<Enum>& entry : words<Enum>()) {
        text.append(text.empty() ? "\"" : ", \"").append(entry.word).append("\"");
    }
    return text;
}

/// Errors: InvalidArgument with the known words.
template <typename Enum>
[[nodiscard]] Result<Enum> fromWord(std::string_view word)
{
    for (const Word<Enum>& entry : words<Enum>()) {
        if (entry.word == word) {
            return entry.value;
        }
    }
    return Error{ErrorCode::InvalidArgument,
                 std::string("\"").append(word).append("\" is not a known word"),
                 "use one of " + wordList<Enum>(),
                 {}};
}

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::fromWord;
using lori::Word;
using lori::wordList;
using lori::wordOf;
using lori::words;
} // namespace lori::experiment
