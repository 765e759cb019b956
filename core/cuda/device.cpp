// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/device.h"

#include "core/cuda/cuda_library.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace lori::cuda {

namespace {

constexpr const char* kListedGpus = "/proc/driver/nvidia/gpus";

const CudaState& state()
{
    static const CudaState loaded = loadCudaBy(systemSteps());
    return loaded;
}

} // namespace

bool loadCuda()
{
    return state().answers;
}

Error cudaProblem()
{
    return {ErrorCode::NotFound, state().problem, state().hint, "--device"};
}

Result<c10::Device> chooseDevice(Device wanted)
{
    if (wanted == Device::Cpu) {
        return c10::Device(c10::kCPU);
    }
    if (loadCuda()) {
        return c10::Device(c10::kCUDA, 0);
    }
    if (wanted == Device::Cuda) {
        return cudaProblem();
    }
    return c10::Device(c10::kCPU);
}

std::string gpuName()
{
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(kListedGpus, ignored)) {
        std::ifstream information(entry.path() / "information");
        std::string line;
        while (std::getline(information, line)) {
            if (line.rfind("Model:", 0) == 0) {
                return line.substr(line.find_first_not_of(" \t", 6));
            }
        }
    }
    return {};
}

bool gpuListed()
{
    std::error_code ignored;
    const std::filesystem::directory_iterator gpus(kListedGpus, ignored);
    return gpus != std::filesystem::directory_iterator();
}

std::optional<std::int64_t> gpuBytes()
{
    if (!systemSteps().isLoaded()) { // LibTorch throws when it is asked for an allocator that is not there
        return std::nullopt;
    }
    auto* allocator = dynamic_cast<c10::DeviceAllocator*>(c10::GetAllocator(c10::kCUDA));
    if (allocator == nullptr || !allocator->initialized()) {
        return std::nullopt;
    }
    constexpr auto kAllPools = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    return allocator->getDeviceStats(0).reserved_bytes.at(kAllPools).current;
}

} // namespace lori::cuda
