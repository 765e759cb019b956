// SPDX-License-Identifier: Apache-2.0
#include "core/merging/random_masks.h"

#include "core/formats/adapter_files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <memory>
#include <span>

namespace lori::merging {

namespace {

/// A well-mixed 64-bit number of `value` (the finalizer of SplitMix64, Steele et al. 2014).
std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

std::string keyOf(const MaskRequest& request)
{
    std::string key = formats::peftKey(request.layer, request.projection, request.matrix);
    if (request.matrix == 'W') {
        const std::string infix = ".lora_W";
        key.erase(key.find(infix), infix.size());
    }
    return std::to_string(request.adapter) + "." + key;
}

} // namespace

MaskSource seededMasks(std::uint64_t seed)
{
    return [seed](const MaskRequest& request) {
        std::uint64_t own = seed;
        for (const std::uint64_t part :
             {static_cast<std::uint64_t>(request.adapter), static_cast<std::uint64_t>(request.layer),
              static_cast<std::uint64_t>(request.projection), static_cast<std::uint64_t>(request.matrix)}) {
            own = mixed(own ^ mixed(part));
        }
        const at::Generator generator = at::detail::createCPUGenerator(own);
        return at::empty({request.rows, request.columns}, at::kFloat).bernoulli_(request.density, generator);
    };
}

Result<MaskSource> masksFromFile(const std::filesystem::path& file)
{
    return guard([&]() -> MaskSource {
        const std::shared_ptr<formats::TensorFile> tensors = std::move(formats::openSafetensors(file).value().file);
        return [tensors, file](const MaskRequest& request) {
            const std::string key = keyOf(request);
            const formats::TensorView* view = tensors->find(key);
            if (view == nullptr) {
                throw Exception(ErrorCode::NotFound, "the mask '" + key + "' is missing", "add it, or merge with --seed",
                                file.string());
            }
            if (view->shape != std::vector<std::int64_t>{request.rows, request.columns}) {
                throw Exception(ErrorCode::Mismatch,
                                "the mask '" + key + "' must be [" + std::to_string(request.rows) + ", " +
                                    std::to_string(request.columns) + "]",
                                "use the masks of these adapters", file.string());
            }
            at::Tensor mask = at::empty({request.rows, request.columns}, at::kFloat);
            formats::toFloat(*view, {mask.mutable_data_ptr<float>(), static_cast<std::size_t>(mask.numel())}).value();
            return mask.ne(0).to(at::kFloat);
        };
    });
}

} // namespace lori::merging
