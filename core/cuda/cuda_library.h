// SPDX-License-Identifier: Apache-2.0
#pragma once

// How libtorch_cuda.so comes into the process. Internal to this room and its tests.

#include <functional>
#include <string>

namespace lori::cuda {

/// The steps of loading, apart, so that their order can be tested where there is no GPU. Those that open a library give "" or the
/// loader's own words (dlerror).
struct LoadingSteps {
    std::function<bool()> isLoaded;           ///< libtorch_cuda.so is in the process already
    std::function<std::string()> openDriver;  ///< libcuda.so.1
    std::function<std::string()> openLibrary; ///< libtorch_cuda.so with the libraries that it names
    std::function<bool()> answers;            ///< LibTorch finds a GPU
};

/// What came of it.
struct CudaState {
    bool answers = false;
    std::string problem; ///< why not
    std::string hint;
};

/// Opens driver and library and only then asks whether a GPU answers: LibTorch makes its hooks at the first question and keeps
/// them for the life of the process, so a question before the library is there makes CUDA unreachable.
[[nodiscard]] CudaState loadCudaBy(const LoadingSteps& steps);

[[nodiscard]] LoadingSteps systemSteps();

} // namespace lori::cuda
