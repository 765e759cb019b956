// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/heat_map.h"

#include "ui/widgets/accessible_read_out.h"
#include "ui/widgets/plot_style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace lori::ui {

HeatMap::HeatMap(QWidget* parent) : QAbstractScrollArea(parent)
{
    exposeReadOut(this, QAccessible::Chart, [this] { return readOut(); });
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setMouseTracking(true);
    viewport()->setObjectName(QStringLiteral("heatMapViewport"));
}

void HeatMap::setGrid(HeatGrid grid)
{
    m_grid = std::move(grid);
    if (m_grid.cells.size() != static_cast<std::size_t>(m_grid.rows.size() * m_grid.columns.size())) {
        m_grid.rows.clear();
        m_grid.columns.clear();
        m_grid.cells.clear();
    }
    if (m_cursor && (m_cursor->first >= rowCount() || m_cursor->second >= columnCount())) {
        m_cursor.reset();
    }
    rebuildImage();
    measure();
}

void HeatMap::setDescription(std::function<QString(int, int)> describe)
{
    m_describe = std::move(describe);
}

void HeatMap::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void HeatMap::setWidestRowTitle(const QString& title)
{
    m_widestRowTitle = title;
    measure();
    viewport()->update();
}

void HeatMap::setCursorPosition(int row, int column)
{
    if (row >= 0 && row < rowCount() && column >= 0 && column < columnCount()) {
        moveCursor({row, column});
    }
}

void HeatMap::clearCursor()
{
    m_cursor.reset();
    viewport()->update();
}

const HeatCell& HeatMap::cellAt(const Position& position) const
{
    return m_grid.cells[static_cast<std::size_t>(position.first) * static_cast<std::size_t>(columnCount()) +
                        static_cast<std::size_t>(position.second)];
}

QString HeatMap::readOut() const
{
    if (!m_cursor || !cellAt(*m_cursor).value) {
        return {};
    }
    if (m_describe) {
        return m_describe(m_cursor->first, m_cursor->second);
    }
    return tr("%1 · %2: %3").arg(m_grid.rows[m_cursor->first], m_grid.columns[m_cursor->second], cellAt(*m_cursor).text);
}

QColor HeatMap::colourOf(double value) const
{
    const HeatScale& scale = m_grid.scale;
    if (scale.kind == HeatScale::Kind::Diverging) {
        const double end = std::max(std::abs(scale.low), std::abs(scale.high));
        return divergingColour(end > 0 ? value / end : 0, palette());
    }
    return sequentialColour(scale.high > scale.low ? (value - scale.low) / (scale.high - scale.low) : 0, palette());
}

void HeatMap::rebuildImage()
{
    m_image = QImage(columnCount(), rowCount(), QImage::Format_RGB32);
    for (int row = 0; row < m_image.height(); ++row) {
        for (int column = 0; column < m_image.width(); ++column) {
            const std::optional<double> value = cellAt({row, column}).value;
            m_image.setPixelColor(column, row, value ? colourOf(*value) : palette().color(QPalette::Window));
        }
    }
    viewport()->update();
}

void HeatMap::moveCursor(const Position& position)
{
    if (m_cursor == position) {
        return;
    }
    m_cursor = position;
    const QRectF cell = cellRect(position);
    const auto scrollBy = [](QScrollBar* bar, double pixels) {
        bar->setValue(bar->value() + static_cast<int>(pixels < 0 ? std::floor(pixels) : std::ceil(pixels)));
    };
    const double bottom = viewport()->height() - m_legendHeight;
    if (cell.top() < m_headHeight) {
        scrollBy(verticalScrollBar(), cell.top() - m_headHeight);
    } else if (cell.bottom() > bottom) {
        scrollBy(verticalScrollBar(), cell.bottom() - bottom);
    }
    if (cell.left() < m_labelWidth) {
        scrollBy(horizontalScrollBar(), cell.left() - m_labelWidth);
    } else if (cell.right() > viewport()->width()) {
        scrollBy(horizontalScrollBar(), cell.right() - viewport()->width());
    }
    setAccessibleDescription(readOut());
    viewport()->update();
    Q_EMIT cellPointed(readOut());
}

void HeatMap::openCursor()
{
    if (m_cursor && cellAt(*m_cursor).value) {
        Q_EMIT opened(m_cursor->first, m_cursor->second);
    }
}

void HeatMap::measure()
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    const double rows = std::max(1, rowCount());
    const double columns = std::max(1, columnCount());
    double widestRow = metrics.horizontalAdvance(m_widestRowTitle);
    for (const QString& title : m_grid.rows) {
        widestRow = std::max(widestRow, metrics.horizontalAdvance(title));
    }
    double widestCell = 0;
    for (const HeatCell& cell : m_grid.cells) {
        widestCell = std::max(widestCell, metrics.horizontalAdvance(cell.text));
    }
    for (const QString& title : m_grid.columns) {
        widestCell = std::max(widestCell, metrics.horizontalAdvance(title));
    }
    m_labelWidth = widestRow + line * 0.6;
    m_headHeight = line * 1.5;
    m_legendHeight = m_grid.scale.kind == HeatScale::Kind::None ? 0 : line * 2.8;
    const double narrowest = std::max(line * 1.5, std::floor(widestCell + 6));
    const double height = (viewport()->height() - m_headHeight - m_legendHeight) / rows;
    const double width = (viewport()->width() - m_labelWidth - line * 0.5) / columns;
    m_cell = QSizeF(std::clamp(std::floor(width), narrowest, std::max(narrowest, line * 9)),
                    std::clamp(std::floor(height), std::ceil(line * 1.1), line * 2.4));
    const auto range = [](QScrollBar* bar, double whole, double visible, double step) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(whole - visible))));
        bar->setPageStep(std::max(1, static_cast<int>(visible)));
        bar->setSingleStep(static_cast<int>(step));
    };
    range(verticalScrollBar(), rows * m_cell.height(), viewport()->height() - m_headHeight - m_legendHeight, m_cell.height());
    range(horizontalScrollBar(), columns * m_cell.width(), viewport()->width() - m_labelWidth, m_cell.width());
}

QRectF HeatMap::cellRect(const Position& position) const
{
    return {m_labelWidth + position.second * m_cell.width() - horizontalScrollBar()->value(),
            m_headHeight + position.first * m_cell.height() - verticalScrollBar()->value(), m_cell.width(), m_cell.height()};
}

std::optional<HeatMap::Position> HeatMap::positionAt(const QPointF& point) const
{
    if (rowCount() == 0 || point.x() < m_labelWidth || point.y() < m_headHeight ||
        point.y() > viewport()->height() - m_legendHeight) {
        return std::nullopt;
    }
    const int row = static_cast<int>((point.y() - m_headHeight + verticalScrollBar()->value()) / m_cell.height());
    const int column = static_cast<int>((point.x() - m_labelWidth + horizontalScrollBar()->value()) / m_cell.width());
    return row < rowCount() && column < columnCount() ? std::optional(Position{row, column}) : std::nullopt;
}

bool HeatMap::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        if (const auto position = positionAt(static_cast<QMouseEvent*>(event)->position())) {
            moveCursor(*position);
        }
    } else if (event->type() == QEvent::MouseButtonRelease) {
        auto* mouse = static_cast<QMouseEvent*>(event);
        if (const auto position = positionAt(mouse->position()); position && mouse->button() == Qt::LeftButton) {
            moveCursor(*position);
            openCursor();
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void HeatMap::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

void HeatMap::keyPressEvent(QKeyEvent* event)
{
    if (rowCount() == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const int lastRow = rowCount() - 1;
    const int lastColumn = columnCount() - 1;
    const int step = m_cursor ? 1 : 0; // the first key shows the cursor where it is
    auto [row, column] = m_cursor.value_or(Position{0, 0});
    switch (event->key()) {
    case Qt::Key_Left:
        column -= step;
        break;
    case Qt::Key_Right:
        column += step;
        break;
    case Qt::Key_Up:
        row -= step;
        break;
    case Qt::Key_Down:
        row += step;
        break;
    case Qt::Key_PageUp:
        row -= 8;
        break;
    case Qt::Key_PageDown:
        row += 8;
        break;
    case Qt::Key_Home:
        row = column = 0;
        break;
    case Qt::Key_End:
        row = lastRow;
        column = lastColumn;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openCursor();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    moveCursor({std::clamp(row, 0, lastRow), std::clamp(column, 0, lastColumn)});
}

void HeatMap::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        rebuildImage();
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange) {
        measure();
        viewport()->update();
    }
}

void HeatMap::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void HeatMap::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QSize HeatMap::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 40, line * 32};
}

} // namespace lori::ui
