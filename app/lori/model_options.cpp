// SPDX-License-Identifier: Apache-2.0
#include "app/lori/model_options.h"

namespace lori::app {

void ModelOptions::addTo(CLI::App& command, bool withAdapter)
{
    command.add_option("--model", model, "Registered name, GGUF file or Hugging Face folder")->capture_default_str();
    if (withAdapter) {
        command.add_option("--adapter", adapter, "PEFT adapter folder");
        addWeights(command);
    }
    command.add_option("--device", device, "Where to compute")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    command.add_option("--threads", threads, "CPU threads, 0 = all cores")->check(CLI::NonNegativeNumber);
}

void ModelOptions::addWeights(CLI::App& command)
{
    command
        .add_option("--weights", weights,
                    "How the base model's matrices are held in memory; auto is f32, on a GPU the file's "
                    "own type; file keeps a GGUF's blocks as they are")
        ->check(CLI::IsMember({"auto", "f32", "bf16", "f16", "file"}))
        ->capture_default_str();
}

Result<OpenedModel> openModel(const Context& context, const ModelOptions& options, GemmChoice gemm)
{
    return workers::openModel(context.home, options, gemm);
}

} // namespace lori::app
