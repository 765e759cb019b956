// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace lori {

/// A way to merge adapters, and which of the options it uses. What it does is core/merging's matter, whose table is held against
/// this one while it is compiled.
struct MergeMethod {
    std::string_view name;    ///< in job.json and on the command line
    bool prunes = false;      ///< uses the density
    bool drawsMasks = false;  ///< uses the seed
    bool electsSigns = false; ///< uses the way to elect
    bool decomposes = false;  ///< uses the rank of a decomposition
};

/// In the order of lists.
inline constexpr std::array<MergeMethod, 11> kMergeMethods{{
    {.name = "concat"},
    {.name = "linear"},
    {.name = "svd", .decomposes = true},
    {.name = "magnitude_prune", .prunes = true},
    {.name = "ties", .prunes = true, .electsSigns = true},
    {.name = "dare_linear", .prunes = true, .drawsMasks = true},
    {.name = "dare_ties", .prunes = true, .drawsMasks = true, .electsSigns = true},
    {.name = "magnitude_prune_svd", .prunes = true, .decomposes = true},
    {.name = "ties_svd", .prunes = true, .electsSigns = true, .decomposes = true},
    {.name = "dare_linear_svd", .prunes = true, .drawsMasks = true, .decomposes = true},
    {.name = "dare_ties_svd", .prunes = true, .drawsMasks = true, .electsSigns = true, .decomposes = true},
}};

/// Weights of the paper (method.md §1.10): the same for each of so many adapters.
struct PaperWeight {
    std::string_view preset;
    std::size_t adapters = 0;
    double weight = 0;
};
inline constexpr std::array<PaperWeight, 4> kPaperWeights{
    {{"lori-d", 3, 0.5}, {"lori-d", 4, 0.4}, {"lori-s", 3, 0.4}, {"lori-s", 4, 0.3}}};

/// Nothing when the paper merges no such number of adapters, or the preset is not its own.
[[nodiscard]] constexpr std::optional<double> paperWeight(std::string_view preset, std::size_t adapters)
{
    for (const PaperWeight& row : kPaperWeights) {
        if (row.preset == preset && row.adapters == adapters) {
            return row.weight;
        }
    }
    return std::nullopt;
}

} // namespace lori
