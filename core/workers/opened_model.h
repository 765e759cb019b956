// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"
#include "core/model/decoder.h"
#include "core/support/home.h"
#include "core/tokenizer/tokenizer.h"
#include "core/workers/job_options.h"

#include <memory>

namespace lori::workers {

/// A base model ready to run, with an adapter when one was named.
struct OpenedModel {
    std::shared_ptr<const model::BaseModel> base;
    std::unique_ptr<adapters::Method> adapter;
    std::unique_ptr<tokenizer::Tokenizer> tokenizer;
    std::unique_ptr<model::Decoder> decoder;

    /// Before answers are generated or scored: folds a named adapter into f32 weights; into narrow ones it would undo what they
    /// save.
    void prepareAnswers() const;
};

enum class GemmChoice : std::uint8_t {
    Fastest,      ///< whichever backend is faster here
    Bf16,         ///< operands in bf16: training
    MostAccurate, ///< BLAS: its rounding error against f64 logits is about 0.7 of oneDNN's (SmolLM2, tests/parity)
};
/// Sets the threads of this process too, when the choice names some. Errors: those of resolveModel, BaseModel::load and
/// openTrained.
[[nodiscard]] Result<OpenedModel> openModel(const Home& home, const ModelChoice& choice, GemmChoice gemm = GemmChoice::Fastest);

} // namespace lori::workers
