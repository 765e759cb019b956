// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace lori::ui {

/// True when the newest attempt ended with "stopped" and nothing was kept. Looks at the end of the file only.
[[nodiscard]] bool wasDiscarded(const std::filesystem::path& eventsFile);

/// True when a process with this number lives and its command line names the run: a number alone may be another program's by now.
[[nodiscard]] bool worksOn(std::int64_t pid, const std::string& runId);

} // namespace lori::ui
