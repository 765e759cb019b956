// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/owner_picture.h"

#include "ui/widgets/owner_look.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <vector>

namespace lori::ui {
namespace {

constexpr double kHatchedFrom = 10; ///< pixels a side: Qt's hatches repeat every eight

} // namespace

OwnerPicture::OwnerPicture(QWidget* parent) : EntryPicture(parent)
{
    setAccessibleName(tr("Whose the entries of one B are"));
    setMargins(0.6, 0.6);
}

void OwnerPicture::setOwners(analysis::EntryOwners owners, QStringList masks)
{
    m_owners = std::move(owners);
    m_masks = std::move(masks);
    setShape(m_owners.out, m_owners.rank);
}

int OwnerPicture::groupAt(int output, int rank) const
{
    return ownerGroup(m_owners.at(output, rank), static_cast<int>(m_masks.size()));
}

QImage OwnerPicture::makeImage() const
{
    const int masks = static_cast<int>(m_masks.size());
    std::vector<QRgb> colours;
    for (int group = 0; group <= masks + 1; ++group) {
        colours.push_back(ownerLook(group, masks, palette()).colour.rgb());
    }
    QImage image(static_cast<int>(m_owners.out), static_cast<int>(m_owners.rank), QImage::Format_RGB32);
    for (int rank = 0; rank < image.height(); ++rank) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(rank));
        for (int output = 0; output < image.width(); ++output) {
            line[output] = colours[static_cast<std::size_t>(groupAt(output, rank))];
        }
    }
    return image;
}

QString OwnerPicture::entryText(QPoint entry) const
{
    return OwnerWords::entry(m_owners.at(entry.x(), entry.y()), m_masks);
}

void OwnerPicture::paintOver(QPainter& painter, const QRect& entries) const
{
    if (std::min(cellSize().width(), cellSize().height()) < kHatchedFrom) {
        return;
    }
    const int masks = static_cast<int>(m_masks.size());
    for (int rank = entries.top(); rank <= entries.bottom(); ++rank) {
        for (int output = entries.left(); output <= entries.right(); ++output) {
            const QRectF cell = entryRect({output, rank});
            paintOwner(painter, cell, ownerLook(groupAt(output, rank), masks, palette()));
            painter.setPen(palette().color(QPalette::Base)); // a line between neighbours of one owner
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell);
        }
    }
}

void OwnerPicture::changeEvent(QEvent* event)
{
    EntryPicture::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Whose the entries of one B are"));
    }
}

} // namespace lori::ui
