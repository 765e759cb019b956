// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/device.h"

#include <ATen/Context.h>
#include <ATen/core/Tensor.h>

#include <dlfcn.h>
#include <filesystem>
#include <fstream>
#include <string>

namespace lori::cuda {

namespace {

/// libtorch_cuda.so lies in the folder of the libtorch_cpu.so that this process runs on.
std::string cudaLibraryPath()
{
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&at::globalContext), &info) == 0 || info.dli_fname == nullptr) { // NOLINT
        return "libtorch_cuda.so";
    }
    return (std::filesystem::path(info.dli_fname).parent_path() / "libtorch_cuda.so").string();
}

bool tryLoad()
{
    if (at::globalContext().hasCUDA()) {
        return true;
    }
    // Without a driver the 2.7 GB of CUDA libraries would be opened for nothing.
    if (::dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL) == nullptr) {
        return false;
    }
    return ::dlopen(cudaLibraryPath().c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr && at::globalContext().hasCUDA();
}

} // namespace

bool loadCuda()
{
    static const bool loaded = tryLoad();
    return loaded;
}

Result<c10::Device> chooseDevice(experiment::Device wanted)
{
    if (wanted == experiment::Device::Cpu) {
        return c10::Device(c10::kCPU);
    }
    if (loadCuda()) {
        return c10::Device(c10::kCUDA, 0);
    }
    if (wanted == experiment::Device::Cuda) {
        return Error{ErrorCode::NotFound, "no CUDA device answers",
                     "use --device cpu, or install the NVIDIA driver and the CUDA libraries", "--device"};
    }
    return c10::Device(c10::kCPU);
}

std::string gpuName()
{
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", ignored)) {
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

} // namespace lori::cuda
