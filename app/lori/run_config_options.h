// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace lori::app {

/// Where a run's configuration comes from: a file or a preset, with fields changed.
struct RunConfigOptions {
    std::string configFile;
    std::string preset;
    std::string name;
    std::string device;
    std::vector<std::string> settings;

    void addTo(CLI::App& command);
    /// Throws Exception: what reading it says, and InvalidArgument with the field's path for a field that is not known or out of
    /// its range.
    [[nodiscard]] experiment::RunConfig config() const;
};

} // namespace lori::app
