// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/still_progress_bar.h"

#include "ui/theme.h"
#include "ui/widgets/plot_style.h"

#include <QPainter>
#include <QStyleOptionProgressBar>

#include <algorithm>

namespace lori::ui {

void StillProgressBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QStyleOptionProgressBar option;
    initStyleOption(&option);
    const QStyle* look = style();
    const auto part = [&](QStyle::SubElement element, QStyle::ControlElement control, bool paint) {
        QStyleOptionProgressBar one = option;
        one.rect = look->subElementRect(element, &option, this);
        if (paint) {
            look->drawControl(control, &one, &painter, this);
        }
        return one.rect;
    };
    const QRect groove = part(QStyle::SE_ProgressBarGroove, QStyle::CE_ProgressBarGroove, true);
    if (isDark(palette())) { // Fusion draws the groove's edge darker than the window, where it cannot be seen
        painter.setPen(mixed(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(groove.adjusted(0, 0, -1, -1));
    }
    const QRect inside = part(QStyle::SE_ProgressBarContents, QStyle::CE_ProgressBarContents, false).adjusted(1, 1, -1, -1);
    QRect filled = inside;
    const bool unknown = maximum() <= minimum();
    if (!unknown) {
        const double share = static_cast<double>(value() - minimum()) / (static_cast<double>(maximum()) - minimum());
        filled.setWidth(static_cast<int>(inside.width() * std::clamp(share, 0.0, 1.0)));
        if (layoutDirection() == Qt::RightToLeft) {
            filled.moveRight(inside.right());
        }
    }
    const QColor colour = palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Highlight);
    painter.fillRect(filled, unknown ? QBrush(colour, Qt::BDiagPattern) : QBrush(colour));
    if (isTextVisible()) { // over the filled part in its own ink, so that it can be read on both
        QStyleOptionProgressBar label = option;
        label.rect = look->subElementRect(QStyle::SE_ProgressBarLabel, &option, this);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(label.rect, static_cast<int>(alignment()) | Qt::AlignVCenter, text());
        painter.setClipRect(filled);
        painter.setPen(palette().color(QPalette::HighlightedText));
        painter.drawText(label.rect, static_cast<int>(alignment()) | Qt::AlignVCenter, text());
    }
}

} // namespace lori::ui
