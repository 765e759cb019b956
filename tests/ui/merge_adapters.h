// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/adapter_files.h"

#include <cstdint>
#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lori::ui::test {

/// A LoRI adapter of two layers and two projections, q [12, 6] and v [8, 6], with random entries.
struct SmallAdapter {
    std::uint64_t seed = 1;    ///< of the frozen A
    unsigned entries = 1;      ///< seed of B
    double kept = 1;           ///< share of B that is not 0
    std::string base = "base"; ///< fingerprint
    std::int64_t rank = 4;
    double size = 1; ///< of B's entries
};

inline void writeSmallAdapter(const std::filesystem::path& folder, const SmallAdapter& wanted)
{
    std::mt19937 ofA(static_cast<unsigned>(wanted.seed));
    std::mt19937 ofB(wanted.entries);
    std::normal_distribution<float> normalA; // each engine its own: a distribution keeps a number for the next call
    std::normal_distribution<float> normalB;
    std::uniform_real_distribution<double> uniform;
    formats::AdapterToWrite adapter;
    adapter.rank = wanted.rank;
    adapter.alpha = 8;
    adapter.baseModel = "small";
    adapter.targets = {Projection::Q, Projection::V};
    adapter.record.method = wanted.kept < 1 ? "lori-s" : "lori-d";
    adapter.record.sparsity = 1 - wanted.kept;
    adapter.record.projectionSeed = wanted.seed;
    adapter.record.projectionHash = "hash of " + std::to_string(wanted.seed);
    adapter.record.baseFingerprint = wanted.base;
    std::vector<std::vector<float>> values;
    for (std::int64_t layer = 0; layer < 2; ++layer) {
        for (const auto& [projection, out] : {std::pair{Projection::Q, 12}, std::pair{Projection::V, 8}}) {
            for (const char matrix : {'A', 'B'}) {
                const std::int64_t other = matrix == 'A' ? 6 : out;
                std::vector<float> numbers(static_cast<std::size_t>(other * wanted.rank));
                for (float& number : numbers) {
                    number = matrix == 'A'                ? normalA(ofA)
                             : uniform(ofB) < wanted.kept ? normalB(ofB) * static_cast<float>(wanted.size)
                                                          : 0.0F;
                }
                values.push_back(std::move(numbers));
                adapter.tensors.push_back({formats::peftKey(layer, projection, matrix), formats::DType::F32,
                                           matrix == 'A' ? std::vector<std::int64_t>{wanted.rank, other}
                                                         : std::vector<std::int64_t>{other, wanted.rank},
                                           std::as_bytes(std::span<const float>(values.back()))});
            }
        }
    }
    formats::writeAdapter(folder, adapter).value();
}

} // namespace lori::ui::test
