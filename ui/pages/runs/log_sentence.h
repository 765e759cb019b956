// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <QString>

namespace lori::ui {

/// What an event says, as a sentence for people in the language of the window; "" for one that has none (of a newer program, or a
/// heart-beat).
[[nodiscard]] QString logSentence(const events::Event& event);

} // namespace lori::ui
