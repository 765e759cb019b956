// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/method.h"

namespace lori::adapters {

std::int64_t Method::trainableCount()
{
    std::int64_t count = 0;
    for (const Parameter& parameter : parameters()) {
        count += parameter.value.numel();
    }
    return count;
}

void Method::zeroGradients()
{
    for (Parameter& parameter : parameters()) {
        parameter.gradient.zero_();
    }
}

} // namespace lori::adapters
