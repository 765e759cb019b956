// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is said of a run that was asked for and is not one; the window says it in its own language (ui/services/error_text.cpp).
// A test walks kMessages.

#include "core/support/message.h"

#include <array>

namespace lori::jobs::messages {

inline constexpr CodedMessage kNoSuchRun{"no_such_run", "there is no such run", "lori history list names the runs"};
inline constexpr CodedMessage kNotARun{"not_a_run", "the folder holds no config.json, so it is not a run",
                                       "choose a run's folder"};

inline constexpr std::array kMessages{kNoSuchRun, kNotARun};

} // namespace lori::jobs::messages
