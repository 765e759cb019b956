// SPDX-License-Identifier: Apache-2.0
#include "core/support/fast_hash.h"

#define XXH_INLINE_ALL // no library is linked, so none must be shipped
#include <xxhash.h>

namespace lori {

std::uint64_t fastHash(std::span<const std::byte> bytes, std::uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

} // namespace lori
