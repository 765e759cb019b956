// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"
#include "core/vocabulary/device.h"

#include <c10/core/Device.h>

#include <cstdint>
#include <optional>
#include <string>

namespace lori::cuda {

/// Loads libtorch_cuda.so (beside libtorch_cpu.so) when an NVIDIA driver is present; nothing is linked against it, so the program
/// runs on machines without CUDA (design §4). True when a GPU answers. The first call does the work.
[[nodiscard]] bool loadCuda();

/// Why no GPU answers, with what the loader said and what to do. Only after loadCuda() gave false.
[[nodiscard]] Error cudaProblem();

/// The device to run on: Auto takes a GPU when one answers. Errors: NotFound when Cuda is asked for and none answers.
[[nodiscard]] Result<c10::Device> chooseDevice(Device wanted);

/// "NVIDIA H200" or "" — for the run record.
[[nodiscard]] std::string gpuName();

/// The driver lists a GPU, whether or not it can be used.
[[nodiscard]] bool gpuListed();

/// Bytes that LibTorch holds on the GPU for this process; nothing while no GPU is in use. Loads nothing.
[[nodiscard]] std::optional<std::int64_t> gpuBytes();

} // namespace lori::cuda
