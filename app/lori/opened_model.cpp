// SPDX-License-Identifier: Apache-2.0
#include "app/lori/opened_model.h"

#include "core/adapters/method_choice.h"
#include "core/cuda/device.h"
#include "core/formats/model_files.h"
#include "core/model/gemm_choice.h"

#include <ATen/Parallel.h>

namespace lori::app {

void ModelOptions::addTo(CLI::App& command, bool withAdapter)
{
    command.add_option("--model", model, "Registered name, GGUF file or Hugging Face folder")->capture_default_str();
    if (withAdapter) {
        command.add_option("--adapter", adapter, "PEFT adapter folder");
        command
            .add_option("--weights", weights,
                        "How the base model's matrices are held in memory; auto is f32, on a GPU the file's own type")
            ->check(CLI::IsMember({"auto", "f32", "bf16", "f16"}))
            ->capture_default_str();
    }
    command.add_option("--device", device, "Where to compute")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    command.add_option("--threads", threads, "CPU threads, 0 = all cores")->check(CLI::NonNegativeNumber);
}

Result<OpenedModel> openModel(const Context& context, const ModelOptions& options, GemmChoice gemm)
{
    return guard([&] {
        if (options.threads > 0) {
            at::set_num_threads(options.threads);
        }
        const auto wanted = options.device == "cuda"  ? experiment::Device::Cuda
                            : options.device == "cpu" ? experiment::Device::Cpu
                                                      : experiment::Device::Auto;
        const at::Device device = cuda::chooseDevice(wanted).value();
        const std::filesystem::path path = formats::resolveModel(context.home.root, options.model).value();
        OpenedModel opened;
        const model::GemmBackend backend =
            gemm == GemmChoice::Fastest ? model::chosenGemm(context.home.root) : model::GemmBackend::Blas;
        const model::WeightType weights = model::weightTypeFromName(options.weights).value();
        opened.base = model::BaseModel::load(path, device, backend, {}, weights).value();
        opened.tokenizer =
            tokenizer::Tokenizer::fromJson(opened.base->files().tokenizerJson, opened.base->files().tokenizerConfig).value();
        if (!options.adapter.empty()) {
            opened.adapter = adapters::openTrained(opened.base, options.adapter).value();
        }
        opened.decoder =
            std::make_unique<model::Decoder>(opened.adapter ? opened.adapter->model() : opened.base, opened.adapter.get());
        return opened;
    });
}

} // namespace lori::app
