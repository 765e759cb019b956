// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace lori::ui {

/// An icon of resources/icons by its name without ".svg". It is drawn in the palette's text colour at the moment of painting, so
/// it follows light, dark, selected and disabled by itself, at any size and device pixel ratio.
[[nodiscard]] QIcon icon(const QString& name);

} // namespace lori::ui
