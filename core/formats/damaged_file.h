// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <string>

namespace lori::formats {

/// Refuses a file that a broken download may have left behind. Throws Exception BadFile.
[[noreturn]] inline void damagedFile(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::BadFile, what, "the file is damaged or not complete: download it again", where);
}

} // namespace lori::formats
