// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"

#include <filesystem>

namespace lori::ui {

/// Tries to write where everything of a user lies, as a run would: makes the folder and a small file in it, and takes the file
/// away again. Errors: DiskFull, Io with the reason ("Read-only file system").
[[nodiscard]] Result<void> tryWriting(const std::filesystem::path& root);

} // namespace lori::ui
