// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/messages.h"

namespace lori::ui::chat_answers {

/// How a text ends that nobody began.
[[nodiscard]] inline wire::Done cancelled()
{
    wire::Done done;
    done.end = "cancelled";
    return done;
}

/// The error of an answer that is none of those that were expected.
[[nodiscard]] inline Error errorIn(const wire::Answer& answer)
{
    const auto* failure = std::get_if<wire::Failure>(&answer);
    return failure != nullptr ? wire::errorOf(*failure)
                              : Error{ErrorCode::Unsupported,
                                      "the model's process gave an answer that this window does not know",
                                      "use a window and a worker of the same version",
                                      {}};
}

} // namespace lori::ui::chat_answers
