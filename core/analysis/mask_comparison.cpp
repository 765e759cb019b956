// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_comparison.h"

#include "core/analysis/magnitudes.h"
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

/// The same module of every mask; nullptr where one lacks it.
struct Column {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    std::int64_t out = 0;
    std::int64_t rank = 0;
    std::vector<const formats::ModuleMask*> parts;
};

std::vector<Column> columnsOf(const std::vector<formats::Mask>& masks)
{
    std::map<std::pair<std::int64_t, Projection>, Column> byPlace;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        for (const formats::ModuleMask& module : masks[i].modules) {
            Column& column = byPlace[{module.layer, module.projection}];
            if (column.parts.empty()) {
                column = {module.layer, module.projection, module.out, module.rank, {}};
                column.parts.resize(masks.size(), nullptr);
            }
            if (module.out != column.out || module.rank != column.rank) {
                throw Exception(ErrorCode::Mismatch,
                                "mask " + std::to_string(i + 1) + " is [" + std::to_string(module.out) + ", " +
                                    std::to_string(module.rank) + "] in " +
                                    poolName(module.layer, module.projection, MaskScope::Matrix) + ", the masks before are [" +
                                    std::to_string(column.out) + ", " + std::to_string(column.rank) + "]",
                                "compare masks of one base model and rank", "");
            }
            column.parts[i] = &module;
        }
    }
    std::vector<Column> columns;
    columns.reserve(byPlace.size());
    for (auto& [place, column] : byPlace) {
        columns.push_back(std::move(column));
    }
    return columns;
}

MaskOverlap overlapOf(const Column& column, std::size_t i, std::size_t j)
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

MaskPair pairOf(const std::vector<Column>& columns, std::size_t i, std::size_t j)
{
    MaskPair pair;
    pair.first = i;
    pair.second = j;
    std::map<std::int64_t, NamedOverlap> layers;
    std::map<Projection, NamedOverlap> projections;
    for (const Column& column : columns) {
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
std::vector<std::int64_t> keptByOf(const std::vector<Column>& columns, std::size_t masks)
{
    std::vector<std::int64_t> keptBy(masks + 1, 0);
    for (const Column& column : columns) {
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
        const std::vector<Column> columns = columnsOf(masks);
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
