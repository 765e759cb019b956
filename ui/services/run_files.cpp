// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_files.h"

#include <string_view>
#include <system_error>

namespace lori::ui {

namespace {

bool anyEndsWith(const std::filesystem::path& folder, std::string_view ending)
{
    std::error_code ignored; // a folder that cannot be read has nothing to show
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().filename().string().ends_with(ending)) {
            return true;
        }
    }
    return false;
}

} // namespace

bool hasMasks(const std::filesystem::path& run)
{
    return anyEndsWith(run / "masks", ".safetensors") || anyEndsWith(run / "adapter", "-lori-d");
}

} // namespace lori::ui
