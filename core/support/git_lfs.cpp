// SPDX-License-Identifier: Apache-2.0
#include "core/support/git_lfs.h"

#include <utility>

namespace lori {

bool isGitLfsPointer(std::string_view beginning)
{
    return beginning.starts_with("version https://git-lfs.github.com/spec/");
}

Error gitLfsError(std::string where)
{
    return {ErrorCode::BadFile, "this is a git-lfs pointer: the file itself was not downloaded",
            "run git lfs pull in its folder, or download the file from its page", std::move(where)};
}

} // namespace lori
