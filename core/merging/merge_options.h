// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lori::merging {

/// How adapters become one. Names as in PEFT, except that its "cat" is `concat` here (both are read).
enum class MergeType : std::uint8_t {
    Concat,
    Linear,
    Svd,
    MagnitudePrune,
    Ties,
    DareLinear,
    DareTies,
    MagnitudePruneSvd,
    TiesSvd,
    DareLinearSvd,
    DareTiesSvd,
};

/// `Exact` acts on ΔW = s·B·A with each scaling once and never prunes A; `Peft` equals PEFT's add_weighted_adapter (README).
enum class MergeMode : std::uint8_t { Exact, Peft };

/// How the sign of an entry is elected in the TIES kinds: by the sum of the values, or by the sum of their signs.
enum class SignMethod : std::uint8_t { Total, Frequency };

/// How a type works: one row of the table in merge_options.cpp, from which both modes and every message are made. A new type is
/// a value of MergeType, a row, and where it prunes in a new way the function that does it (pruning.h).
struct MergeTraits {
    MergeType type;
    const char* name;
    const char* alias = ""; ///< also read
    /// Deterministic pruning of one adapter's tensor to a density (uses it): gives a new tensor, or the same one at density 1.
    /// Null: none.
    at::Tensor (*keep)(const at::Tensor& values, double density) = nullptr;
    bool drawsMasks = false;  ///< DARE: random entries go instead (uses density and seed), the others are divided by the density
    bool electsSigns = false; ///< TIES: minorities go, and the mean of the others is taken
    bool onChange = false;    ///< prunes and elects on ΔW as a full [out, in] matrix, not on its factors
    bool decomposes = false;  ///< ends in a truncated decomposition (uses the svd rank)
    bool joinsBlocks = false; ///< PEFT's form of it stacks A and B instead of adding them up
    bool isInPeft = true;     ///< add_weighted_adapter has it
    MergeType ofDifferentA;   ///< what it comes to, in exact mode, for adapters of different A: their B cannot be compared
    const char* loses;        ///< in exact mode, for people; where it decomposes, " beyond rank n" is added

    /// Leaves entries out, so it uses the density.
    [[nodiscard]] bool prunes() const { return keep != nullptr || drawsMasks; }
    /// Adds the changes up as they are.
    [[nodiscard]] bool isSum() const { return !prunes() && !electsSigns; }
};

/// Every type, in the order of lists.
[[nodiscard]] std::span<const MergeTraits> mergeTypes();
[[nodiscard]] const MergeTraits& traitsOf(MergeType type);
/// "concat, linear, …", for help and errors.
[[nodiscard]] std::string mergeTypeNames();

[[nodiscard]] const char* mergeTypeName(MergeType type);
[[nodiscard]] const char* mergeModeName(MergeMode mode);
[[nodiscard]] const char* signMethodName(SignMethod method);
/// Errors: InvalidArgument with the list of names. Also read: "cat", "magnitude", "magnitude_svd".
[[nodiscard]] Result<MergeType> mergeTypeFromName(std::string_view name);
[[nodiscard]] Result<MergeMode> mergeModeFromName(std::string_view name);
[[nodiscard]] Result<SignMethod> signMethodFromName(std::string_view name);

struct MergeOptions {
    MergeType type = MergeType::Concat;
    MergeMode mode = MergeMode::Exact;
    std::vector<double> weights; ///< one for each adapter; finite, may be negative
    double density = 0.7;        ///< share of the entries that pruning keeps, in (0, 1]
    SignMethod signs = SignMethod::Total;
    std::int64_t svdRank = 0; ///< 0 = the largest rank of the adapters
    std::uint64_t seed = 0;   ///< of DARE's random masks
    int threads = 0;          ///< 0 = as many as Torch uses
    /// The base model, for adapters that hold tensors of it (see formats::checkSavedTensors); empty: what the adapter names.
    std::filesystem::path model{};
};
/// Whose add_weighted_adapter the mode `Peft` equals.
inline constexpr const char* kPeftVersion = "PEFT 0.21.2";

/// Weights by name: "equal" (1/n each), "lori-d" (the paper's: 0.5 for three adapters, 0.4 for four) and "lori-s" (0.4 and
/// 0.3; method.md §1.10). Errors: InvalidArgument for another name or a number of adapters that the preset does not have.
[[nodiscard]] Result<std::vector<double>> presetWeights(std::string_view name, std::size_t adapters);

} // namespace lori::merging
