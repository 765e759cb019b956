// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/owner_look.h"

#include "ui/widgets/plot_style.h"

#include <QPainter>

#include <array>
#include <bit>

namespace lori::ui {

int ownerGroup(std::uint32_t keptBy, int masks)
{
    return keptBy == 0 ? 0 : std::has_single_bit(keptBy) ? std::countr_zero(keptBy) + 1 : masks + 1;
}

OwnerLook ownerLook(int group, int masks, const QPalette& palette)
{
    constexpr std::array kHatches{Qt::BDiagPattern,  Qt::FDiagPattern, Qt::HorPattern,    Qt::VerPattern,
                                  Qt::Dense6Pattern, Qt::CrossPattern, Qt::Dense5Pattern, Qt::Dense4Pattern};
    if (group <= 0) {
        return {mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.08), Qt::NoBrush};
    }
    if (group > masks) {
        return {mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.85), Qt::DiagCrossPattern};
    }
    const int place = group - 1;
    return {plotColour(place, palette), kHatches[static_cast<std::size_t>(place) % kHatches.size()]};
}

void paintOwner(QPainter& painter, const QRectF& box, const OwnerLook& look)
{
    painter.fillRect(box, look.colour);
    if (look.hatch != Qt::NoBrush) {
        painter.fillRect(box, QBrush(readableOn(look.colour), look.hatch));
    }
}

QString OwnerWords::group(int group, const QStringList& masks)
{
    const auto count = static_cast<int>(masks.size());
    if (group <= 0) {
        return tr("free");
    }
    if (group > count) {
        return count == 2 ? tr("both") : tr("several");
    }
    return count == 1 ? masks.front() : tr("only %1", "kept by this mask alone").arg(masks[group - 1]);
}

QString OwnerWords::entry(std::uint32_t keptBy, const QStringList& masks)
{
    QStringList owners;
    for (int i = 0; i < static_cast<int>(masks.size()); ++i) {
        if (((keptBy >> static_cast<unsigned>(i)) & 1U) != 0) {
            owners << masks[i];
        }
    }
    return owners.isEmpty() ? tr("free") : owners.join(tr(" and ", "between the names of masks"));
}

} // namespace lori::ui
