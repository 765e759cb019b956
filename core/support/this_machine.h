// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace lori {

/// Unix milliseconds by this machine's clock.
[[nodiscard]] std::int64_t unixMs();
/// Its name, "" when it has none.
[[nodiscard]] std::string thisHost();

} // namespace lori
