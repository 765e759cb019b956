// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/metaspace.h"

#include "core/tokenizer/utf8.h"

namespace lori::tokenizer {

Metaspace::Metaspace(const Step& step) : mark(step.text("replacement")), splits(step.flag("split", true))
{
    if (mark.empty() || characterLength(mark[0]) != mark.size()) {
        step.refuse(ErrorCode::BadFile, "'replacement' must be one character");
    }
    if (!step.has("prepend_scheme")) {
        prepend = step.flag("add_prefix_space", true) ? Prepend::Always : Prepend::Never;
        return;
    }
    const std::string scheme = step.text("prepend_scheme");
    if (scheme != "always" && scheme != "first" && scheme != "never") {
        step.refuse(ErrorCode::Unsupported,
                    "the 'prepend_scheme' '" + scheme + "' is not supported (always, first and never are)");
    }
    prepend = scheme == "always" ? Prepend::Always : scheme == "first" ? Prepend::First : Prepend::Never;
}

} // namespace lori::tokenizer
