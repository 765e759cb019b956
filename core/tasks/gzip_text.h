// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lori::tasks {

/// Unpacks gzip, one member after another. Throws Exception(BadFile): damaged, cut off, or longer than `maxBytes` when unpacked
/// (a small file can unpack to terabytes).
[[nodiscard]] std::string gunzip(std::string_view packed, const std::string& where, std::uint64_t maxBytes = 1ULL << 30U);

} // namespace lori::tasks
