// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace lori::ui {

/// Whether a run's folder holds something that the Masks page can show: a mask, or the dense adapter of a LoRI-D stage. Looks at
/// names only.
[[nodiscard]] bool hasMasks(const std::filesystem::path& run);

} // namespace lori::ui
