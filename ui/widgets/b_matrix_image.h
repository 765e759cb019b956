// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/b_matrix.h"

#include <QImage>
#include <QPalette>

namespace lori::ui {

/// One pixel an entry, laid on its side: x = output row, y = rank (a B is far taller than wide, a screen is not). Kept entries
/// are coloured by |b| relative to the largest one, dropped ones are grey.
[[nodiscard]] QImage imageOf(const BMatrix& matrix, const QPalette& palette);
[[nodiscard]] QColor keptColour(double relative, const QPalette& palette);
[[nodiscard]] QColor droppedColour(double relative, const QPalette& palette);

} // namespace lori::ui
