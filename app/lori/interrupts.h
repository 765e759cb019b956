// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace lori::app {

/// From now on SIGINT and SIGTERM end nothing but make a descriptor readable, which counts them (an eventfd); SIGPIPE is ignored.
/// Waiting with poll() for this and for what is worked on loses no signal. −1 when there is no descriptor to be had.
[[nodiscard]] int interruptDescriptor();
/// Reads it empty: how many signals came since.
int takeInterrupts(int descriptor);

} // namespace lori::app
