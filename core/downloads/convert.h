// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/downloads/data_sources.h"
#include "core/support/result.h"

#include <cstdint>
#include <filesystem>

namespace lori::downloads {

/// Writes the rows of `published` to `target`, whole or not at all, and returns how many there are. Every row is checked to be a
/// JSON object. Errors: BadFile (with the row), Io, DiskFull.
[[nodiscard]] Result<std::int64_t> convertFile(const std::filesystem::path& published, Conversion conversion,
                                               const std::filesystem::path& target);

} // namespace lori::downloads
