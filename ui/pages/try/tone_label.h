// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QLabel>
#include <QPalette>
#include <QWidget>

namespace lori::ui {

/// Writes `label` in the colour of `tone`, as its parent's palette has it.
inline void toneLabel(QLabel* label, Tone tone)
{
    QPalette palette = label->parentWidget()->palette();
    palette.setColor(QPalette::WindowText, toneColour(tone, palette));
    label->setPalette(palette);
}

} // namespace lori::ui
