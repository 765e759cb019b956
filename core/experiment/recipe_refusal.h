// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <string>

namespace lori::experiment {

/// Refuses a place of a recipe of several steps. Throws Exception InvalidArgument.
[[noreturn]] inline void refuseRecipe(const std::string& what, const std::string& hint, const std::string& where)
{
    throw Exception(ErrorCode::InvalidArgument, what, hint, where);
}

} // namespace lori::experiment
