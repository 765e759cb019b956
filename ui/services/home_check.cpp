// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/home_check.h"

#include "core/support/files.h"

#include <unistd.h>

namespace lori::ui {

Result<void> tryWriting(const std::filesystem::path& root)
{
    return guard([&] {
        std::filesystem::create_directories(root);
        const std::filesystem::path probe = root / (".writable." + std::to_string(::getpid()));
        writeFileAtomically(probe, "").value();
        std::filesystem::remove(probe);
    });
}

} // namespace lori::ui
