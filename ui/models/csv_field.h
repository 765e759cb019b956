// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lori::ui {

/// A field of a line of comma-separated values, in quotes where it must be (RFC 4180).
[[nodiscard]] inline QString csvField(QString text)
{
    const bool quoted = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n'));
    return quoted ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"') : text;
}

} // namespace lori::ui
