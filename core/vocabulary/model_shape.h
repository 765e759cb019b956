// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vocabulary/projection.h"

#include <cstdint>

namespace lori {

/// The numbers of a base model that estimates and pictures need; read from GGUF metadata or config.json.
struct ModelShape {
    std::int64_t layers = 0;
    std::int64_t hidden = 0;
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headSize = 0;
    std::int64_t feedForward = 0;
    std::int64_t vocabulary = 0;
    bool tiedEmbeddings = false;
    std::int64_t otherParameters = 0; ///< biases and norms of query and key heads
    bool operator==(const ModelShape&) const = default;
};

/// in and out features of one projection: W is [out, in], A [rank, in], B [out, rank].
struct ProjectionShape {
    std::int64_t in = 0;
    std::int64_t out = 0;
};
[[nodiscard]] ProjectionShape projectionShape(const ModelShape& shape, Projection projection);

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::ModelShape;
using lori::ProjectionShape;
using lori::projectionShape;
} // namespace lori::experiment
