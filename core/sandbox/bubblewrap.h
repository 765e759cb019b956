// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sandbox/sandbox.h"

#include <string>
#include <string_view>
#include <vector>

namespace lori::sandbox {

// Descriptors that the child finds open besides its three standard streams.
inline constexpr int kChannelNumber = 3;
inline constexpr int kInfoNumber = 4;    ///< bubblewrap tells here which process is the sandbox's first
inline constexpr int kSeccompNumber = 5; ///< bubblewrap reads its filter here
inline constexpr int kVerdictNumber = 6;

/// The whole command, program first: an interpreter that runs `script` in a sandbox. As root it is run as the user nobody,
/// because the system does not count root's processes. Throws Exception(Unsupported) when a tool is missing, InvalidArgument when
/// a limit is out of range.
[[nodiscard]] std::vector<std::string> sandboxCommand(std::string_view script, const SandboxLimits& limits,
                                                      const SandboxTools& tools);

/// Throws Exception(InvalidArgument) that names the limit that is out of range.
void checkLimits(const SandboxLimits& limits);

} // namespace lori::sandbox
