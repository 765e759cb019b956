// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/decoder.h"
#include "core/serving/requests.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <vector>

namespace lori::serving {

/// Mean |log p_active − log p_base| over the tokens of the probes, the tokens that changed most, and what would come next.
///   log p = log softmax(logits)[t],  natural logarithm
/// Probes [2 or more tokens each]; `most` as EffectRequest's. Cost: two forward passes over all probes, at most 2,048 tokens or
/// one probe at a time. Internal to this room; throws. `weightsHash` is left empty.
[[nodiscard]] Effect measureEffect(const model::Decoder& base, const model::Decoder& active,
                                   const tokenizer::Tokenizer& tokenizer, const std::vector<std::vector<std::int32_t>>& probes,
                                   std::int64_t most);

} // namespace lori::serving
