// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <string>
#include <string_view>

namespace lori {

/// Whether a file begins as the small text that git-lfs puts in the place of a large file which was not fetched.
[[nodiscard]] bool isGitLfsPointer(std::string_view beginning);
/// What to say of such a file: BadFile. `where` names it.
[[nodiscard]] Error gitLfsError(std::string where);

} // namespace lori
