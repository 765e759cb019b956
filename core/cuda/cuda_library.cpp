// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/cuda_library.h"

#include <ATen/Context.h>

#include <dlfcn.h>
#include <filesystem>

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

std::string openedBy(const std::string& path, int flags)
{
    if (::dlopen(path.c_str(), flags) != nullptr) { // kept for the life of the process: LibTorch cannot be unloaded
        return {};
    }
    const char* words = ::dlerror(); // NOLINT(concurrency-mt-unsafe): glibc keeps it per thread
    return words != nullptr ? words : path + " cannot be opened";
}

} // namespace

CudaState loadCudaBy(const LoadingSteps& steps)
{
    if (!steps.isLoaded()) {
        // Without a driver the 2.7 GB of CUDA libraries would be opened for nothing.
        if (const std::string words = steps.openDriver(); !words.empty()) {
            return {false, "no NVIDIA driver was found (" + words + ")",
                    "use --device cpu, or install the driver of the graphics card"};
        }
        if (const std::string words = steps.openLibrary(); !words.empty()) {
            return {false, "the CUDA libraries cannot be loaded (" + words + ")",
                    "fetch them with packaging/install-deps.sh --with cuda, or use --device cpu"};
        }
    }
    if (!steps.answers()) {
        return {false, "the NVIDIA driver is there, but no GPU answers",
                "see what nvidia-smi and CUDA_VISIBLE_DEVICES say, or use --device cpu"};
    }
    return {true, {}, {}};
}

LoadingSteps systemSteps()
{
    return {[] { return openedBy(cudaLibraryPath(), RTLD_NOW | RTLD_NOLOAD).empty(); },
            [] { return openedBy("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL); },
            [] { return openedBy(cudaLibraryPath(), RTLD_NOW | RTLD_GLOBAL); },
            [] {
                return at::globalContext().hasCUDA();
            }};
}

} // namespace lori::cuda
