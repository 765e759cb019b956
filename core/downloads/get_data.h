// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/downloads/data_sources.h"
#include "core/downloads/http_download.h"
#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lori::downloads {

/// Where to get it and where to put it.
struct GetOptions {
    std::filesystem::path folder;              ///< data folder; files go to folder/nlu/boolq/test.jsonl …
    std::string host = std::string(kDataHost); ///< or a mirror with the same paths
    int stallSeconds = 60;
    /// The file under way (its target), its number and how many there are. Returning false stops.
    std::function<bool(const std::string& target, std::size_t index, std::size_t count, const DownloadProgress& progress)>
        progress;
};

struct GotFile {
    std::string name;   ///< of the data set
    std::string target; ///< below the folder
    std::int64_t rows = 0;
    std::uint64_t bytes = 0;       ///< of the published file; 0 when it was there already
    std::uint64_t resumedFrom = 0; ///< bytes that came in an earlier attempt
    bool alreadyThere = false;     ///< left as it was
    bool verified = false; ///< its bytes are the published ones by hash; false when no hash is known, or it was there already
    std::string sha256;    ///< of the published file as it came
};

/// The sets that `names` means: names of sets, names of groups, or "all"; each once, in the table's order.
/// Errors: NotFound with the known names.
[[nodiscard]] Result<std::vector<DataSource>> findDataSources(const std::vector<std::string>& names);

/// Fetches the files of `sources` that are not there yet. A file appears whole or not at all; beside it `….part` may wait for the
/// next attempt. Errors: as download and convertFile; files that came before stay.
[[nodiscard]] Result<std::vector<GotFile>> getData(const std::vector<DataSource>& sources, const GetOptions& options);

} // namespace lori::downloads
