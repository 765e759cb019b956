// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace lori::downloads {

/// How far a download is. Returning false from the callback stops it; what has come is kept.
struct DownloadProgress {
    std::uint64_t bytes = 0; ///< on disk, with what was there before
    std::uint64_t total = 0; ///< 0 = the server does not say
    double secondsLeft = -1; ///< below 0 = not known yet
};
using ProgressCallback = std::function<bool(const DownloadProgress&)>;

struct DownloadRequest {
    std::string url;            ///< http or https
    std::filesystem::path part; ///< grows here; beside it `part`.json remembers which version of the file it is
    std::string sha256;         ///< "" = not known
    std::uint64_t bytes = 0;    ///< 0 = not known
    int stallSeconds = 60;      ///< given up when nothing comes for so long
};

struct Downloaded {
    std::uint64_t bytes = 0;
    std::string sha256;
    std::uint64_t resumedFrom = 0; ///< bytes that an earlier attempt had left
};

/// Fetches a file into `part`, whole: goes on where an earlier attempt ended when the server still has the same version, and
/// begins anew when it has not, or cannot say. The proxy is that of the environment (http_proxy, https_proxy, no_proxy). Errors:
/// NotFound (the server has no such file), Io (no connection, cut, too slow, the server's trouble; `part` stays for the next
/// attempt), BadFile (length or hash is not the published one; `part` is removed), DiskFull, Stopped (`part` stays),
/// InvalidArgument.
[[nodiscard]] Result<Downloaded> download(const DownloadRequest& request, const ProgressCallback& progress = {});

/// Removes `part` and what was remembered about it.
void discardPart(const std::filesystem::path& part);

} // namespace lori::downloads
