// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

namespace lori::ui {

/// A field of a line of comma-separated values, in quotes where it must be (RFC 4180).
[[nodiscard]] inline QString csvField(QString text)
{
    const bool quoted = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n'));
    return quoted ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"') : text;
}

/// A value for a program to read: all digits of a number, a point before its decimals, no unit.
[[nodiscard]] inline QString csvValue(const QVariant& value)
{
    return csvField(value.typeId() == QMetaType::Double ? QString::number(value.toDouble(), 'g', 17) : value.toString());
}

} // namespace lori::ui
