// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/matmul.h"
#include "core/vocabulary/products.h"

#include <filesystem>

namespace lori::model {

/// Which backend multiplies f32 on this machine: measured once, then kept in products.json of the folder `home` for as long as
/// processor and LibTorch stay the same, so that two runs of one configuration give the same bits even when the machine is busy
/// as one of them starts. A file that cannot be read is written anew; one that cannot be written costs the measurement again
/// (about 100 ms).
[[nodiscard]] GemmBackend chosenGemm(const std::filesystem::path& home);

/// The same for what was asked: bf16 where that is said, or left to a processor with AMX (AVX-512 BF16 alone was no faster
/// than f32 on an Intel Xeon, 2026-11-30).
[[nodiscard]] GemmBackend gemmFor(Products products, const std::filesystem::path& home);

} // namespace lori::model
