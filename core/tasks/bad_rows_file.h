// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <string>

namespace lori::tasks {

/// Refuses a file of rows as a whole. Throws Exception BadFile.
[[noreturn]] inline void badRowsFile(const std::string& what, const std::string& hint, const std::string& file)
{
    throw Exception(ErrorCode::BadFile, what, hint, file);
}

} // namespace lori::tasks
