// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/generation/generator.h"
#include "core/model/decoder.h"

#include <cstdint>
#include <vector>

namespace lori::evaluation {

/// A prompt and the answers whose likelihood is asked for, as ids. No answer may be empty.
struct ChoicePrompt {
    std::vector<std::int32_t> prompt;
    std::vector<std::vector<std::int32_t>> answers;
};

/// Σ_t log p(answer_t | prompt, answer_<t) for each answer of each prompt, natural logarithm.
/// Cost: one forward pass over prompt + answer for each answer that is not, but for its last token, the beginning of another: the
/// labels of the published sets differ in their last token only, so a row costs one pass, whatever the number of options. Where
/// they differ earlier, the prompt runs once more for each such answer. `batchRows` prompts are packed together.
/// Throws Exception: InvalidArgument (empty prompt or answer, longer than the context), Stopped when `progress` returns false.
[[nodiscard]] std::vector<std::vector<double>> answerLogProbabilities(const model::Decoder& decoder,
                                                                      const std::vector<ChoicePrompt>& prompts,
                                                                      std::int64_t batchRows,
                                                                      const generation::GenerateProgress& progress = {});

} // namespace lori::evaluation
