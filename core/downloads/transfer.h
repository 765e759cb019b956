// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/downloads/http_download.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace lori::downloads {

/// What tells one version of a file on a server from another.
struct Validator {
    std::string etag;
    std::string lastModified;
    [[nodiscard]] bool isEmpty() const { return etag.empty() && lastModified.empty(); }
};

/// One exchange with a server.
struct Transfer {
    std::string url;
    std::filesystem::path file;
    std::uint64_t from = 0;     ///< bytes that are there already
    Validator version;          ///< of those bytes
    std::uint64_t expected = 0; ///< whole length; 0 = not known
    int stallSeconds = 60;
};

struct TransferEnd {
    enum class Kind : std::uint8_t {
        Complete,     ///< all that the server has
        OtherVersion, ///< the server's file is another one now: begin anew
        Stopped,      ///< the callback said so
        Status,       ///< an answer without the file; see `status`
        Broken,       ///< the connection failed; see `problem`
    };
    Kind kind = Kind::Broken;
    bool restarted = false; ///< the server sent the whole file although the rest was asked for
    long status = 0;
    std::uint64_t total = 0; ///< whole length by the server; 0 = not said
    std::string problem;
};

/// Appends to `file`, or writes it anew when the server sends it whole. `remember` gets the version before the first byte is
/// written. Throws Exception (DiskFull, Io) when the file cannot be written, BadFile when the server sends more than is expected.
[[nodiscard]] TransferEnd transfer(const Transfer& what, const std::function<void(const Validator&)>& remember,
                                   const ProgressCallback& progress);

} // namespace lori::downloads
