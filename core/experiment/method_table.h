// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every method of training and what the program must know of it without a model. A new method is a value of StageKind and a row
// here, its class in core/adapters, and a row in core/adapters/method_choice.cpp.

#include "core/vocabulary/adapter_kind.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lori::experiment {

/// What one stage of a run does: trains by a method, or takes a mask from what was trained.
enum class StageKind : std::uint8_t { LoriD, Mask, LoriS, Lora, Dora, Ia3, Full };

/// What a training stage does with the trained values of the adapter it starts from.
enum class StageStart : std::uint8_t {
    Auto,     ///< the method's own: MethodTraits::usualStart
    Fresh,    ///< takes A only: B = 0
    Continue, ///< goes on from the trained values (continual learning); LoRI-S leaves those outside its mask as they are
};

/// Parts of a change to a model, per module it sits on (method.md §1.2).
struct MethodParts {
    bool a = false;          ///< A [rank, in]
    bool b = false;          ///< B [out, rank]
    bool magnitudes = false; ///< a length per out-feature
    bool vectors = false;    ///< IA3's scale per out-feature, or in-feature of feed-forward modules
    bool weights = false;    ///< every weight of the model itself
};

/// One method, or the mask stage, which trains nothing.
struct MethodTraits {
    StageKind kind;
    std::string_view name;     ///< in JSON and on the command line, "lori-d"
    std::string_view title;    ///< the field's name, the same in every language but Mask's and Full's
    MethodParts trained{};     ///< what the optimizer moves
    MethodParts frozen{};      ///< what is held beside it and never moves: LoRI's A, LoRI-S's dense B
    bool isSparse = false;     ///< trains under a mask: only the entries of B that it keeps
    bool keepsInputs = false;  ///< the way back needs what goes into each site, because more than B learns
    bool folds = false;        ///< its change can be added to a scratch copy of W
    bool isMaskSource = false; ///< its B is what a Mask stage looks at when nothing else is named, its A what LoRI-S takes
    std::optional<AdapterKind> reads{};           ///< the adapters it can start from; nullopt: none
    std::optional<AdapterKind> writes{};          ///< the adapter it leaves; nullopt: none
    StageStart usualStart = StageStart::Continue; ///< what Auto means when it starts from an adapter

    [[nodiscard]] constexpr bool trains() const
    {
        return trained.a || trained.b || trained.magnitudes || trained.vectors || trained.weights;
    }
};

/// In the order of StageKind: also the order of lists.
inline constexpr std::array kMethods{
    MethodTraits{.kind = StageKind::LoriD,
                 .name = "lori-d",
                 .title = "LoRI-D",
                 .trained = {.b = true},
                 .frozen = {.a = true},
                 .folds = true,
                 .isMaskSource = true,
                 .reads = AdapterKind::LowRank,
                 .writes = AdapterKind::LowRank},
    MethodTraits{.kind = StageKind::Mask, .name = "mask", .title = "Mask", .reads = AdapterKind::LowRank},
    MethodTraits{.kind = StageKind::LoriS,
                 .name = "lori-s",
                 .title = "LoRI-S",
                 .trained = {.b = true},
                 .frozen = {.a = true, .b = true}, // B stays dense in memory for the products
                 .isSparse = true,
                 .folds = true,
                 .reads = AdapterKind::LowRank,
                 .writes = AdapterKind::LowRank,
                 .usualStart = StageStart::Fresh}, // as the reference
    MethodTraits{.kind = StageKind::Lora,
                 .name = "lora",
                 .title = "LoRA",
                 .trained = {.a = true, .b = true},
                 .keepsInputs = true,
                 .folds = true,
                 .reads = AdapterKind::LowRank,
                 .writes = AdapterKind::LowRank},
    MethodTraits{.kind = StageKind::Dora,
                 .name = "dora",
                 .title = "DoRA",
                 .trained = {.a = true, .b = true, .magnitudes = true},
                 .keepsInputs = true,
                 .folds = true,
                 .reads = AdapterKind::Dora,
                 .writes = AdapterKind::Dora},
    MethodTraits{.kind = StageKind::Ia3,
                 .name = "ia3",
                 .title = "IA3",
                 .trained = {.vectors = true},
                 .keepsInputs = true,
                 .reads = AdapterKind::Ia3,
                 .writes = AdapterKind::Ia3},
    MethodTraits{.kind = StageKind::Full,
                 .name = "full",
                 .title = "Full fine-tuning",
                 .trained = {.weights = true},
                 .keepsInputs = true,
                 .reads = AdapterKind::Weights,
                 .writes = AdapterKind::Weights},
};

namespace detail {
constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < kMethods.size(); ++i) {
        if (kMethods[i].kind != static_cast<StageKind>(i)) {
            return false;
        }
    }
    return true;
}
} // namespace detail
static_assert(detail::isInOrder(), "a row of kMethods stands where its kind does not");

[[nodiscard]] constexpr const MethodTraits& traitsOf(StageKind kind)
{
    return kMethods[static_cast<std::size_t>(kind)];
}

/// A stage of `kind` can start from what a stage of `source` leaves: it has the same parts.
[[nodiscard]] constexpr bool canStartFrom(StageKind kind, StageKind source)
{
    const std::optional<AdapterKind> written = traitsOf(source).writes;
    return written.has_value() && traitsOf(kind).reads == written;
}

/// "lori-d", "mask", "lori-s", "lora", "dora", "ia3", "full".
[[nodiscard]] constexpr std::string_view stageKindName(StageKind kind)
{
    return traitsOf(kind).name;
}
/// "LoRI-D", "Mask", "LoRI-S", "LoRA", "DoRA", "IA3", "Full fine-tuning".
[[nodiscard]] constexpr std::string_view stageTitle(StageKind kind)
{
    return traitsOf(kind).title;
}

} // namespace lori::experiment
