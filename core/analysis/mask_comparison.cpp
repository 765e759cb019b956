// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_comparison.h"

#include "core/analysis/magnitudes.h"
#include "core/analysis/mask_columns.h"
#include "core/vocabulary/mask_scope.h"

#include <bit>
#include <cmath>
#include <map>

namespace lori::analysis {

namespace {

double ratioOf(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

MaskOverlap overlapOf(const MaskColumn& column, std::size_t i, std::size_t j)
{
    const formats::ModuleMask* one = column.parts[i];
    const formats::ModuleMask* two = column.parts[j];
    MaskOverlap overlap;
    overlap.entries = one == nullptr && two == nullptr ? 0 : column.out * column.rank;
    overlap.first = one == nullptr ? 0 : one->kept();
    overlap.second = two == nullptr ? 0 : two->kept();
    for (std::size_t k = 0; one != nullptr && two != nullptr && k < one->bits.size(); ++k) {
        overlap.shared += std::popcount(static_cast<std::uint8_t>(one->bits[k] & two->bits[k]));
    }
    const auto n = static_cast<double>(overlap.entries);
    const auto a = static_cast<double>(overlap.first);
    const auto b = static_cast<double>(overlap.second);
    overlap.expected = ratioOf(a * b, n);
    overlap.variance = ratioOf(a * b * (n - a) * (n - b), n * n * (n - 1));
    return overlap;
}

MaskPair pairOf(const std::vector<MaskColumn>& columns, std::size_t i, std::size_t j)
{
    MaskPair pair;
    pair.first = i;
    pair.second = j;
    std::map<std::int64_t, NamedOverlap> layers;
    std::map<Projection, NamedOverlap> projections;
    for (const MaskColumn& column : columns) {
        const MaskOverlap overlap = overlapOf(column, i, j);
        if (overlap.entries == 0) {
            continue;
        }
        pair.modules.push_back(
            {poolName(column.layer, column.projection, MaskScope::Matrix), column.layer, column.projection, overlap});
        NamedOverlap& layer = layers[column.layer];
        layer.name = poolName(column.layer, column.projection, MaskScope::Layer);
        layer.layer = column.layer;
        layer.overlap.add(overlap);
        NamedOverlap& projection = projections[column.projection];
        projection.name = poolName(column.layer, column.projection, MaskScope::Projection);
        projection.projection = column.projection;
        projection.overlap.add(overlap);
        pair.total.add(overlap);
    }
    for (auto& [key, layer] : layers) {
        pair.layers.push_back(std::move(layer));
    }
    for (auto& [key, projection] : projections) {
        pair.projections.push_back(std::move(projection));
    }
    return pair;
}

/// How many masks keep each entry, counted.
std::vector<std::int64_t> keptByOf(const std::vector<MaskColumn>& columns, std::size_t masks)
{
    std::vector<std::int64_t> keptBy(masks + 1, 0);
    for (const MaskColumn& column : columns) {
        std::vector<std::size_t> uses(static_cast<std::size_t>(column.out * column.rank), 0);
        for (const formats::ModuleMask* part : column.parts) {
            for (std::size_t k = 0; part != nullptr && k < uses.size(); ++k) {
                uses[k] += part->test(static_cast<std::int64_t>(k)) ? 1U : 0U;
            }
        }
        for (const std::size_t count : uses) {
            ++keptBy[count];
        }
    }
    return keptBy;
}

} // namespace

double MaskOverlap::jaccard() const
{
    return ratioOf(static_cast<double>(shared), static_cast<double>(first + second - shared));
}

double MaskOverlap::jaccardChance() const
{
    return ratioOf(expected, static_cast<double>(first + second) - expected);
}

double MaskOverlap::firstInSecond() const
{
    return ratioOf(static_cast<double>(shared), static_cast<double>(first));
}

double MaskOverlap::secondInFirst() const
{
    return ratioOf(static_cast<double>(shared), static_cast<double>(second));
}

double MaskOverlap::ratio() const
{
    return ratioOf(static_cast<double>(shared), expected);
}

double MaskOverlap::z() const
{
    return variance > 0 ? (static_cast<double>(shared) - expected) / std::sqrt(variance) : 0.0;
}

OverlapVerdict MaskOverlap::verdict() const
{
    constexpr double kDense = 0.5;  // of the entries that either keeps, shared by chance alone
    constexpr double kFactor = 1.5; // between Jaccard and its chance, in either direction
    constexpr double kClear = 2;    // standard deviations: with few entries a factor may be luck
    if (first == 0 || second == 0) {
        return OverlapVerdict::Nothing;
    }
    if (jaccardChance() > kDense) {
        return OverlapVerdict::Dense;
    }
    if (jaccard() > kFactor * jaccardChance() && z() > kClear) {
        return OverlapVerdict::Alike;
    }
    return jaccard() * kFactor < jaccardChance() && z() < -kClear ? OverlapVerdict::Apart : OverlapVerdict::Independent;
}

void MaskOverlap::add(const MaskOverlap& other)
{
    entries += other.entries;
    first += other.first;
    second += other.second;
    shared += other.shared;
    expected += other.expected;
    variance += other.variance;
}

Result<MaskComparison> compareMasks(const std::vector<formats::Mask>& masks)
{
    return guard([&] {
        if (masks.size() < 2) {
            throw Exception(ErrorCode::InvalidArgument, "a comparison needs two masks or more", "name another mask", "");
        }
        const std::vector<MaskColumn> columns = maskColumns(masks);
        MaskComparison comparison;
        for (std::size_t i = 0; i < masks.size(); ++i) {
            for (std::size_t j = i + 1; j < masks.size(); ++j) {
                comparison.pairs.push_back(pairOf(columns, i, j));
            }
        }
        comparison.keptBy = keptByOf(columns, masks.size());
        return comparison;
    });
}

} // namespace lori::analysis
