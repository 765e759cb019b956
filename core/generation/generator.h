// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/decoder.h"
#include "core/support/result.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace lori::generation {

struct GenerateOptions {
    std::int64_t maxNewTokens = 128;
    std::int64_t batchRows = 16;       ///< prompts generated together
    double temperature = 0;            ///< 0 = greedy
    double topP = 1;                   ///< nucleus, 0–1
    std::int64_t topK = 0;             ///< 0 = off
    std::uint64_t seed = 0;            ///< each prompt draws from its own stream, so batching does not change its text
    std::vector<std::int64_t> stopIds; ///< end of generation; not part of the result
};

struct Generated {
    std::vector<std::int32_t> ids; ///< new tokens only
    bool ended = false;            ///< a stop id came before maxNewTokens
};

/// (prompts done, prompts in all); returning false cancels.
using GenerateProgress = std::function<bool(std::int64_t done, std::int64_t total)>;

/// Throws Exception(InvalidArgument), which names the prompt, when one is empty or leaves no room for so many new tokens in the
/// model's context.
void requireRoom(const model::Decoder& decoder, const std::vector<std::vector<std::int32_t>>& prompts, std::int64_t newTokens);

/// Continues each prompt, with a key-value cache and no padding; results in the order of the prompts. Rows that end leave the
/// batch. Errors: InvalidArgument (empty prompt, longer than the context), Stopped when cancelled, OutOfMemory.
[[nodiscard]] Result<std::vector<Generated>> generate(const model::Decoder& decoder,
                                                      const std::vector<std::vector<std::int32_t>>& prompts,
                                                      const GenerateOptions& options, const GenerateProgress& progress = {});

} // namespace lori::generation
