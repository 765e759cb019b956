// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/experiment/sequence.h"

#include <span>
#include <string>
#include <string_view>

namespace lori::experiment {

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
std::span<const Word<PromptTemplate>> words<PromptTemplate>();
template <>
std::span<const Word<Truncation>> words<Truncation>();
template <>
std::span<const Word<LearnedTurns>> words<LearnedTurns>();
template <>
std::span<const Word<RowOrder>> words<RowOrder>();
template <>
std::span<const Word<ClipRule>> words<ClipRule>();
template <>
std::span<const Word<LossReduction>> words<LossReduction>();
template <>
std::span<const Word<Schedule>> words<Schedule>();
template <>
std::span<const Word<StageKind>> words<StageKind>();
template <>
std::span<const Word<MaskScope>> words<MaskScope>();
template <>
std::span<const Word<MaskRule>> words<MaskRule>();
template <>
std::span<const Word<MaskPolicy>> words<MaskPolicy>();
template <>
std::span<const Word<WeightType>> words<WeightType>();
template <>
std::span<const Word<AvoidRule>> words<AvoidRule>();
template <>
std::span<const Word<StageStart>> words<StageStart>();
template <>
std::span<const Word<EvaluationHow>> words<EvaluationHow>();
template <>
std::span<const Word<ScoringMode>> words<ScoringMode>();

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

} // namespace lori::experiment
