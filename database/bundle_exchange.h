// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bundles/bundle.h"
#include "database/history.h"
#include "database/ingest.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lori::database {

/// Writes these runs and jobs, with the names, notes and tags that the history has, into one .lori file. `ids`: as
/// RunRepository::resolve and JobRepository::resolve take them. Errors: NotFound (unknown id), and those of
/// bundles::writeBundle.
[[nodiscard]] Result<bundles::Written> exportBundle(const History& history, const std::filesystem::path& file,
                                                    const std::vector<std::string>& ids,
                                                    const bundles::WriteOptions& options = {},
                                                    const bundles::Progress& progress = {});

/// What an import did.
struct BundleImported {
    std::vector<bundles::Arrival> arrivals; ///< in the order of the file
    std::vector<IngestProblem> problems;    ///< came into the home, but the history could not take it all in
};

/// Adds the runs and jobs of a .lori file to `home` and to its history, with their names, notes and tags. What is there already
/// keeps its own. Errors: those of bundles::readBundle; then nothing was added.
[[nodiscard]] Result<BundleImported> importBundle(const History& history, const Home& home, const std::filesystem::path& file,
                                                  const bundles::Progress& progress = {}, const bundles::Limits& limits = {});

} // namespace lori::database
