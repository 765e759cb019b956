// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"
#include "core/tokenizer/tokenizer.h"
#include "core/training/training_rows.h"

#include <cstdint>

namespace lori::runs {

/// Looks at rows before anything is trained on them. Throws Mismatch for a row that holds a token without a row in the model.
/// Returns how many are longer than the model's context: their positions go on as transformers computes them.
[[nodiscard]] std::int64_t checkRows(const training::TrainingData& data, const tokenizer::Tokenizer& tokenizer,
                                     const model::BaseModel& base);

} // namespace lori::runs
