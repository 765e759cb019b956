// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/matmul.h"

#include <filesystem>

namespace lori::model {

/// Which backend multiplies on this machine: measured once, then kept in products.json of the folder `home` for as long as
/// processor and LibTorch stay the same, so that two runs of one configuration give the same bits even when the machine is busy
/// as one of them starts. A file that cannot be read is written anew; one that cannot be written costs the measurement again
/// (about 100 ms).
[[nodiscard]] GemmBackend chosenGemm(const std::filesystem::path& home);

} // namespace lori::model
