// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
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
inline constexpr int kMergeTypes = 11;

/// `Exact` acts on ΔW = s·B·A with each scaling once and never prunes A; `Peft` equals PEFT's add_weighted_adapter (README).
enum class MergeMode : std::uint8_t { Exact, Peft };

/// How the sign of an entry is elected in the TIES kinds: by the sum of the values, or by the sum of their signs.
enum class SignMethod : std::uint8_t { Total, Frequency };

[[nodiscard]] const char* mergeTypeName(MergeType type);
[[nodiscard]] const char* mergeModeName(MergeMode mode);
[[nodiscard]] const char* signMethodName(SignMethod method);
/// Errors: InvalidArgument with the list of names. Also read: "cat", "magnitude", "magnitude_svd".
[[nodiscard]] Result<MergeType> mergeTypeFromName(std::string_view name);
[[nodiscard]] Result<MergeMode> mergeModeFromName(std::string_view name);
[[nodiscard]] Result<SignMethod> signMethodFromName(std::string_view name);

[[nodiscard]] bool prunes(MergeType type);       ///< uses the density
[[nodiscard]] bool drawsMasks(MergeType type);   ///< DARE: uses the seed
[[nodiscard]] bool electsSigns(MergeType type);  ///< the TIES kinds
[[nodiscard]] bool decomposes(MergeType type);   ///< uses the svd rank
[[nodiscard]] bool prunesChange(MergeType type); ///< the pruned *_svd kinds, which need ΔW as a full [out, in] matrix

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

/// Weights by name: "equal" (1/n each), "lori-d" (the paper's: 0.5 for three adapters, 0.4 for four) and "lori-s" (0.4 and 0.3;
/// method.md §1.10). Errors: InvalidArgument for another name or a number of adapters that the preset does not have.
[[nodiscard]] Result<std::vector<double>> presetWeights(std::string_view name, std::size_t adapters);

} // namespace lori::merging
