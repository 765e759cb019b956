// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace lori {

/// Unix milliseconds by this machine's clock.
[[nodiscard]] std::int64_t unixMs();
/// Threads that this process may compute with when nothing else says how many: $LORI_THREADS, which a queue gives the jobs that
/// it works side by side, else one for each logical processor.
[[nodiscard]] std::int64_t availableThreads();
/// Main memory that programs may still take, in bytes; 0 when the system does not say.
[[nodiscard]] std::int64_t availableMemoryBytes();
/// Its name, "" when it has none.
[[nodiscard]] std::string thisHost();

} // namespace lori
