// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lori::ui {

struct AppContext;

/// What somebody who reports a fault would be asked for, one fact a line, in English: versions, system, processor, memory,
/// screens, look, language, and how many runs there are in which state. No names, no paths, nothing that was typed.
[[nodiscard]] QString diagnosticsText(const AppContext& context);

} // namespace lori::ui
