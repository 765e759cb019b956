// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/held_out.h"

#include "core/support/sha256.h"

namespace lori::tasks {

double heldOutPlace(const Row& row)
{
    Sha256 hash;
    for (const std::string* part : {&row.instruction, &row.input, &row.output}) {
        hash.update(*part);
        hash.update(std::string_view("\0", 1));
    }
    std::uint64_t value = 0;
    const Sha256::Digest digest = hash.digest();
    for (int i = 0; i < 8; ++i) {
        value = (value << 8U) | digest[static_cast<std::size_t>(i)];
    }
    return static_cast<double>(value >> 11U) * 0x1.0p-53;
}

} // namespace lori::tasks
