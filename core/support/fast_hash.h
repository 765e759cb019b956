// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lori {

/// XXH3, 64 bits, at memory speed: notices accidents (a changed weight, a file that reads back differently), stops nobody who
/// means to deceive. For what must hold against that, and for every fingerprint in a file, there is sha256.h.
[[nodiscard]] std::uint64_t fastHash(std::span<const std::byte> bytes, std::uint64_t seed = 0);

} // namespace lori
