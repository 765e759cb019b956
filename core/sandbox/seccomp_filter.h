// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lori::sandbox {

/// A seccomp program (array of sock_filter as bytes, for bwrap --seccomp) that takes away what a generated program never needs:
/// new namespaces and mounts, tracing others, memory that no limit counts (memfd, System V, io_uring), sockets other than unix
/// ones, keys, kernel modules, clocks. A refused call gives EPERM, a call of another architecture ends the process.
[[nodiscard]] std::string seccompFilter();

} // namespace lori::sandbox
