// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QColor>
#include <QCoreApplication>
#include <QPalette>
#include <QString>
#include <QStringList>

#include <cstdint>

class QPainter;

namespace lori::ui {

/// Whose an entry is, among n masks: 0 nobody's, 1 … n one mask's alone, n + 1 several masks'.
[[nodiscard]] int ownerGroup(std::uint32_t keptBy, int masks);

/// How a group looks in pictures and legends: by colour and by hatch, so that nothing hangs on the colour alone.
struct OwnerLook {
    QColor colour;
    Qt::BrushStyle hatch = Qt::NoBrush; ///< drawn over the colour where there is room for it
};
[[nodiscard]] OwnerLook ownerLook(int group, int masks, const QPalette& palette);
/// A box of this look, without a border.
void paintOwner(QPainter& painter, const QRectF& box, const OwnerLook& look);

/// Words for the groups.
class OwnerWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::OwnerWords)

public:
    /// "free", "only maths", "both" (of two masks) or "several".
    [[nodiscard]] static QString group(int group, const QStringList& masks);
    /// "free", "maths", "maths and code": which masks keep the entry.
    [[nodiscard]] static QString entry(std::uint32_t keptBy, const QStringList& masks);
};

} // namespace lori::ui
