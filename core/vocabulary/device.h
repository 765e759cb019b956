// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori {

/// Where a model computes. Auto: a GPU when one answers, else the CPU.
enum class Device : std::uint8_t { Auto, Cpu, Cuda };

} // namespace lori

namespace lori::experiment { // configurations are written in these words
using lori::Device;
} // namespace lori::experiment
