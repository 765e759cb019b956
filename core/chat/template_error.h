// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <string>

namespace lori::chat {

/// The template does not follow the language.
[[nodiscard]] inline Exception badTemplate(const std::string& what, int line)
{
    return Exception(ErrorCode::BadFile, what, "use another chat template, or another prompt form",
                     "chat template, line " + std::to_string(line));
}
/// The template is written in a part of the language that is not known here.
[[nodiscard]] inline Exception unknownInTemplate(const std::string& what, int line)
{
    return Exception(ErrorCode::Unsupported, what, "use another chat template, or another prompt form",
                     "chat template, line " + std::to_string(line));
}
/// Rendering came upon something that cannot be done; the line is added where it is known.
[[nodiscard]] inline Exception renderError(const std::string& what)
{
    return Exception(ErrorCode::InvalidArgument, what);
}

} // namespace lori::chat
