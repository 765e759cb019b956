// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/command.h"

namespace lori::app {

/// Adds `generate` to `lori bench`.
void addBenchGenerate(CLI::App& bench, Context& context);

} // namespace lori::app
