// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"
#include "core/workers/opened_model.h"

#include <string>

namespace lori::app {

/// How the commands that use a model name it.
struct ModelOptions : workers::ModelChoice {
    void addTo(CLI::App& command, bool withAdapter);
    void addWeights(CLI::App& command); ///< --weights, a part of addTo() with an adapter
};

using workers::GemmChoice;
using workers::OpenedModel;

[[nodiscard]] Result<OpenedModel> openModel(const Context& context, const ModelOptions& options,
                                            GemmChoice gemm = GemmChoice::Fastest);

/// The help text of the option `--model` of commands that work on adapters alone.
inline constexpr const char* kBaseForAdapter =
    "Base model; only needed for GGUF adapters that do not say their heads, and on fused layers (Phi)";

} // namespace lori::app
