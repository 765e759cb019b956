// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/result.h"

#include <c10/core/Device.h>

#include <string>

namespace lori::cuda {

/// Loads libtorch_cuda.so (beside libtorch_cpu.so) when an NVIDIA driver is present; nothing is linked against it, so the program
/// runs on machines without CUDA (design §4). True when a GPU answers. The first call does the work.
[[nodiscard]] bool loadCuda();

/// The device to run on: Auto takes a GPU when one answers. Errors: NotFound when Cuda is asked for and none answers.
[[nodiscard]] Result<c10::Device> chooseDevice(experiment::Device wanted);

/// "NVIDIA H200" or "" — for the run record.
[[nodiscard]] std::string gpuName();

} // namespace lori::cuda
