// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/file_lock.h"
#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lori::jobs {

/// How a process ended.
struct ProcessEnd {
    int exitCode = -1; ///< -1 when a signal ended it
    int signal = 0;
};

/// Names and values that a process gets beside our environment.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// Starts this program again with `arguments` in a session of its own, so that neither Ctrl+C here nor our end reaches it. Its
/// output is appended to `log`, its input is empty, its working folder is ours, its environment too but for `environment`. With
/// `lock` it also holds that lock until it ends. Returns its pid. Errors: Io, DiskFull.
[[nodiscard]] Result<std::int64_t> startDetached(const std::vector<std::string>& arguments, const std::filesystem::path& log,
                                                 const FileLock* lock = nullptr, const Environment& environment = {});

/// How a process that startDetached() started here ended; none while it runs. Call until it answers, else it stays a zombie.
[[nodiscard]] std::optional<ProcessEnd> endOf(std::int64_t pid);

} // namespace lori::jobs
