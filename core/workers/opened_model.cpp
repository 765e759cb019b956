// SPDX-License-Identifier: Apache-2.0
#include "core/workers/opened_model.h"

#include "core/adapters/method_choice.h"
#include "core/cuda/device.h"
#include "core/formats/model_files.h"
#include "core/model/gemm_choice.h"

#include <ATen/Parallel.h>

namespace lori::workers {

void OpenedModel::prepareAnswers() const
{
    if (adapter && base->weightType() == WeightType::F32) {
        adapter->prepareInference();
    }
}

Result<OpenedModel> openModel(const Home& home, const ModelChoice& choice, GemmChoice gemm)
{
    return guard([&] {
        if (choice.threads > 0) {
            at::set_num_threads(static_cast<int>(choice.threads));
        }
        const auto wanted = choice.device == "cuda"  ? experiment::Device::Cuda
                            : choice.device == "cpu" ? experiment::Device::Cpu
                                                     : experiment::Device::Auto;
        const at::Device device = cuda::chooseDevice(wanted).value();
        const std::filesystem::path path = formats::resolveModel(home.root, choice.model).value();
        OpenedModel opened;
        const model::GemmBackend backend = gemm == GemmChoice::Fastest ? model::chosenGemm(home.root)
                                           : gemm == GemmChoice::Bf16  ? model::GemmBackend::Bf16
                                                                       : model::GemmBackend::Blas;
        const WeightType weights = weightTypeFromName(choice.weights).value();
        opened.base = model::BaseModel::load(path, device, backend, {}, weights).value();
        opened.tokenizer =
            tokenizer::Tokenizer::fromJson(opened.base->files().tokenizerJson, opened.base->files().tokenizerConfig).value();
        if (!choice.adapter.empty()) {
            opened.adapter = adapters::openTrained(opened.base, choice.adapter).value();
        }
        opened.decoder =
            std::make_unique<model::Decoder>(opened.adapter ? opened.adapter->model() : opened.base, opened.adapter.get());
        return opened;
    });
}

} // namespace lori::workers
