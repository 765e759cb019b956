// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace lori::merging::test {

/// How an adapter for a test is made.
struct AdapterRecipe {
    std::int64_t rank = 4;
    double alpha = 8;
    std::int64_t seed = 1;           ///< of B
    std::int64_t projectionSeed = 1; ///< of A: adapters with the same one share their A
    double kept = 1;                 ///< share of B that is not 0
    std::vector<experiment::Projection> targets{experiment::Projection::Q, experiment::Projection::Down};
    std::int64_t layers = 2;
    std::string base = "base-one"; ///< fingerprint in lori.json; "" = no lori.json
    bool rslora = false;
    double spoil = 0; ///< put into the first entry of the first B
};

/// The small model the adapters are for: hidden 12, feed-forward 20.
[[nodiscard]] std::pair<std::int64_t, std::int64_t> inOut(experiment::Projection projection);

/// Writes an adapter as the recipe says.
void writeAdapter(const std::filesystem::path& folder, const AdapterRecipe& recipe);
[[nodiscard]] std::vector<formats::AdapterFiles> openAll(const std::vector<std::filesystem::path>& folders);
/// Writes and opens them, in folders 0, 1, … below `place`.
[[nodiscard]] std::vector<formats::AdapterFiles> makeAdapters(const std::filesystem::path& place,
                                                              const std::vector<AdapterRecipe>& recipes);

/// A matrix of a mapped file in f64.
[[nodiscard]] at::Tensor matrix(const formats::TensorView& view);
/// s·B·A of one module in f64.
[[nodiscard]] at::Tensor change(const formats::AdapterFiles& adapter, std::size_t module);
/// |x − y| / |y|
[[nodiscard]] double relativeDistance(const at::Tensor& x, const at::Tensor& y);

} // namespace lori::merging::test
