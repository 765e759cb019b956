// SPDX-License-Identifier: GPL-3.0-or-later
// What HeatMap looks like: cells, titles, legend.
#include "ui/widgets/heat_map.h"
#include "ui/widgets/plot_style.h"

#include <QPainter>

#include <algorithm>

namespace lori::ui {

void HeatMap::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (rowCount() == 0 || columnCount() == 0) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    paintCells(painter);
    paintHeads(painter);
    paintLegend(painter);
}

void HeatMap::paintCells(QPainter& painter) const
{
    const QRectF first = cellRect({0, 0});
    const QRectF all(first.topLeft(), QSizeF(m_cell.width() * m_image.width(), m_cell.height() * m_image.height()));
    painter.save();
    painter.setClipRect(QRectF(m_labelWidth, m_headHeight, viewport()->width() - m_labelWidth,
                               viewport()->height() - m_headHeight - m_legendHeight));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false); // one flat square a cell
    painter.drawImage(all, m_image);
    for (int row = 0; row < m_image.height(); ++row) {
        for (int column = 0; column < m_image.width(); ++column) {
            paintCell(painter, {row, column});
        }
    }
    if (m_cursor) {
        const QRectF cell = cellRect(*m_cursor).adjusted(1, 1, -1, -1);
        painter.setPen(QPen(palette().color(QPalette::Base), 4));
        painter.drawRect(cell);
        painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Highlight : QPalette::Text), 2));
        painter.drawRect(cell);
    }
    painter.restore();
}

void HeatMap::paintCell(QPainter& painter, const Position& position) const
{
    const HeatCell& shown = cellAt(position);
    const QRectF cell = cellRect(position);
    painter.setPen(QPen(palette().color(QPalette::Base), 1));
    painter.drawRect(cell);
    if (!shown.value) {
        return;
    }
    if (!shown.parts.empty()) {
        paintParts(painter, cell.adjusted(1, 1, -1, -1), shown.parts);
        return;
    }
    painter.setPen(QPen(readableOn(colourOf(*shown.value)), 1));
    if (shown.crossed) {
        painter.drawLine(cell.topLeft() + QPointF(4, 4), cell.bottomRight() - QPointF(4, 4));
        painter.drawLine(cell.topRight() + QPointF(-4, 4), cell.bottomLeft() + QPointF(4, -4));
    } else {
        painter.drawText(cell, Qt::AlignCenter, shown.text);
    }
}

void HeatMap::paintParts(QPainter& painter, const QRectF& cell, const std::vector<HeatPart>& parts)
{
    double left = cell.left();
    for (const HeatPart& part : parts) {
        const double width = part.share * cell.width();
        paintOwner(painter, QRectF(left, cell.top(), width, cell.height()), part.look);
        left += width;
    }
}

void HeatMap::paintHeads(QPainter& painter) const
{
    painter.setPen(palette().color(QPalette::Text));
    painter.save();
    painter.setClipRect(QRectF(m_labelWidth, 0, viewport()->width(), m_headHeight));
    for (int column = 0; column < columnCount(); ++column) {
        const QRectF cell = cellRect({0, column});
        painter.drawText(QRectF(cell.left(), 0, cell.width(), m_headHeight), Qt::AlignCenter, m_grid.columns[column]);
    }
    painter.restore();
    painter.save();
    painter.setClipRect(QRectF(0, m_headHeight, m_labelWidth, viewport()->height() - m_headHeight - m_legendHeight));
    for (int row = 0; row < rowCount(); ++row) {
        const QRectF cell = cellRect({row, 0});
        painter.drawText(QRectF(0, cell.top(), m_labelWidth - 6, cell.height()), Qt::AlignRight | Qt::AlignVCenter,
                         m_grid.rows[row]);
    }
    painter.restore();
}

void HeatMap::paintLegend(QPainter& painter) const
{
    const HeatScale& scale = m_grid.scale;
    if (scale.kind == HeatScale::Kind::None) {
        return;
    }
    const double line = QFontMetricsF(font()).height();
    const double top = viewport()->height() - m_legendHeight;
    painter.fillRect(QRectF(0, top, viewport()->width(), m_legendHeight), palette().color(QPalette::Base));
    const QRectF bar(m_labelWidth, top + line * 0.4, std::min(line * 22.0, viewport()->width() - m_labelWidth - line),
                     line * 0.8);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int stop = 0; stop <= 12; ++stop) {
        gradient.setColorAt(stop / 12.0, colourOf(scale.low + stop / 12.0 * (scale.high - scale.low)));
    }
    painter.fillRect(bar, gradient);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawRect(bar);
    painter.drawText(QRectF(0, bar.top() - line * 0.1, m_labelWidth - 6, line), Qt::AlignRight | Qt::AlignVCenter, scale.title);
    const QRectF texts(bar.left(), bar.bottom() + 3, bar.width(), line);
    painter.drawText(texts, Qt::AlignLeft, scale.lowText);
    painter.drawText(texts, Qt::AlignRight, scale.highText);
    if (scale.mark && scale.high > scale.low) {
        const double x = bar.left() + std::clamp((*scale.mark - scale.low) / (scale.high - scale.low), 0.0, 1.0) * bar.width();
        painter.drawText(texts, Qt::AlignHCenter, scale.markText);
        painter.setPen(QPen(palette().color(QPalette::Text), 2));
        painter.drawLine(QPointF(x, bar.top() - 3), QPointF(x, bar.bottom() + 3));
    }
}

} // namespace lori::ui
