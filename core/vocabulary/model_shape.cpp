// SPDX-License-Identifier: Apache-2.0
#include "core/vocabulary/model_shape.h"

namespace lori {

ProjectionShape projectionShape(const ModelShape& shape, Projection projection)
{
    const std::int64_t queryOut = shape.heads * shape.headSize;
    const std::int64_t keyOut = shape.kvHeads * shape.headSize;
    switch (projection) {
    case Projection::Q:
        return {shape.hidden, queryOut};
    case Projection::K:
    case Projection::V:
        return {shape.hidden, keyOut};
    case Projection::O:
        return {queryOut, shape.hidden};
    case Projection::Gate:
    case Projection::Up:
        return {shape.hidden, shape.feedForward};
    case Projection::Down:
        return {shape.feedForward, shape.hidden};
    }
    return {};
}

} // namespace lori
