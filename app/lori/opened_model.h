// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/adapters/method.h"
#include "core/model/decoder.h"
#include "core/tokenizer/tokenizer.h"

#include <memory>
#include <string>

namespace lori::app {

/// How the commands that use a model name it.
struct ModelOptions {
    std::string model = "smollm2-135m-instruct";
    std::string adapter;
    std::string device = "auto";
    std::string weights = "auto";
    int threads = 0;
    void addTo(CLI::App& command, bool withAdapter);
};

/// A base model ready to run, with an adapter when one was named.
struct OpenedModel {
    std::shared_ptr<const model::BaseModel> base;
    std::unique_ptr<adapters::Method> adapter;
    std::unique_ptr<tokenizer::Tokenizer> tokenizer;
    std::unique_ptr<model::Decoder> decoder;
};

enum class GemmChoice : std::uint8_t {
    Fastest,      ///< whichever backend is faster here
    MostAccurate, ///< BLAS: its rounding error against f64 logits is about 0.7 of oneDNN's (SmolLM2, tests/parity)
};
[[nodiscard]] Result<OpenedModel> openModel(const Context& context, const ModelOptions& options,
                                            GemmChoice gemm = GemmChoice::Fastest);

} // namespace lori::app
