// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"

#include <QColor>
#include <QPalette>
#include <QString>

namespace lori::ui {

enum class Look { System, Light, Dark };
/// "system", "light", "dark": the word in the settings.
[[nodiscard]] QString lookName(Look look);
[[nodiscard]] Look lookFromName(const QString& name);

/// Sets style and palette of the whole program; System gives back the style and palette found at the first call.
void applyLook(Look look);
/// True when the window background is darker than its text (Qt 6.4 has no colorScheme()).
[[nodiscard]] bool isDark(const QPalette& palette);

/// Meanings that need a colour; each is always shown with a word or an icon too.
enum class Tone { Accent, Good, Caution, Alarm, Quiet };
/// A colour with at least 4.5:1 contrast on the palette's window and base.
[[nodiscard]] QColor toneColour(Tone tone, const QPalette& palette);
/// A faint fill of the tone, for cards and message bars.
[[nodiscard]] QColor toneFill(Tone tone, const QPalette& palette);
[[nodiscard]] Tone toneOf(jobs::JobState state);

} // namespace lori::ui
