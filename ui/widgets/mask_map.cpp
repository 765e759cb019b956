// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mask_map.h"

#include "ui/models/mask_words.h"
#include "ui/widgets/accessible_read_out.h"
#include "ui/widgets/plot_style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace lori::ui {
namespace {

double shareOf(const analysis::ModuleKept& module)
{
    return module.total > 0 ? static_cast<double>(module.kept) / static_cast<double>(module.total) : 0;
}

/// Full colour at the next round share above the largest one, so that the legend ends at a readable number.
double roundUp(double share)
{
    for (const double end : {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8}) {
        if (share <= end) {
            return end;
        }
    }
    return 1;
}

} // namespace

MaskMap::MaskMap(QWidget* parent) : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("maskMap"));
    exposeReadOut(this, QAccessible::Chart, [this] { return readOut(); });
    setAccessibleName(tr("Map of kept entries: layers by projections"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setMouseTracking(true);
    viewport()->setObjectName(QStringLiteral("maskMapViewport"));
}

void MaskMap::setSummary(const analysis::MaskSummary& summary)
{
    const std::optional<Cell> before = cursorCell();
    m_summary = summary;
    m_layers.clear();
    m_projections.clear();
    m_scaleEnd = 0;
    for (const analysis::ModuleKept& module : m_summary.modules) {
        m_layers.push_back(module.layer);
        m_projections.push_back(module.projection);
        m_scaleEnd = std::max(m_scaleEnd, shareOf(module));
    }
    const auto unique = [](auto& list) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    unique(m_layers);
    unique(m_projections);
    m_scaleEnd = roundUp(m_scaleEnd);
    m_wholeShare = summary.total > 0 ? static_cast<double>(summary.kept) / static_cast<double>(summary.total) : 0;
    m_moduleOfCell.assign(m_layers.size() * m_projections.size(), -1);
    for (std::size_t i = 0; i < m_summary.modules.size(); ++i) {
        const auto row = std::lower_bound(m_layers.begin(), m_layers.end(), m_summary.modules[i].layer) - m_layers.begin();
        const auto column =
            std::lower_bound(m_projections.begin(), m_projections.end(), m_summary.modules[i].projection) - m_projections.begin();
        m_moduleOfCell[static_cast<std::size_t>(row) * m_projections.size() + static_cast<std::size_t>(column)] =
            static_cast<int>(i);
    }
    m_cursor.reset();
    if (before) {
        setCursorCell(*before);
    }
    rebuildImage();
    measure();
}

void MaskMap::rebuildImage()
{
    m_image = QImage(static_cast<int>(m_projections.size()), static_cast<int>(m_layers.size()), QImage::Format_RGB32);
    for (int row = 0; row < m_image.height(); ++row) {
        for (int column = 0; column < m_image.width(); ++column) {
            const analysis::ModuleKept* module = moduleAt({row, column});
            m_image.setPixelColor(column, row,
                                  module != nullptr ? colourOf(shareOf(*module)) : palette().color(QPalette::Window));
        }
    }
    viewport()->update();
}

QColor MaskMap::colourOf(double share) const
{
    return sequentialColour(share / m_scaleEnd, palette());
}

void MaskMap::setCursorCell(const Cell& cell)
{
    const auto row = std::find(m_layers.begin(), m_layers.end(), cell.layer);
    const auto column = std::find(m_projections.begin(), m_projections.end(), cell.projection);
    if (row != m_layers.end() && column != m_projections.end()) {
        moveCursor({static_cast<int>(row - m_layers.begin()), static_cast<int>(column - m_projections.begin())});
    }
}

std::optional<MaskMap::Cell> MaskMap::cursorCell() const
{
    const analysis::ModuleKept* module = m_cursor ? moduleAt(*m_cursor) : nullptr;
    return module != nullptr ? std::optional(Cell{module->layer, module->projection}) : std::nullopt;
}

const analysis::ModuleKept* MaskMap::moduleAt(const Position& position) const
{
    const int index =
        m_moduleOfCell[static_cast<std::size_t>(position.row) * m_projections.size() + static_cast<std::size_t>(position.column)];
    return index < 0 ? nullptr : &m_summary.modules[static_cast<std::size_t>(index)];
}

QString MaskMap::readOut() const
{
    const analysis::ModuleKept* module = m_cursor ? moduleAt(*m_cursor) : nullptr;
    return module != nullptr ? moduleReadOut(*module, m_wholeShare) : QString();
}

void MaskMap::moveCursor(const Position& position)
{
    if (m_cursor == position) {
        return;
    }
    m_cursor = position;
    const QRectF cell = cellRect(position);
    QScrollBar* bar = verticalScrollBar();
    const double bottom = viewport()->height() - m_legendHeight;
    if (cell.top() < m_headHeight) {
        bar->setValue(bar->value() - static_cast<int>(std::ceil(m_headHeight - cell.top())));
    } else if (cell.bottom() > bottom) {
        bar->setValue(bar->value() + static_cast<int>(std::ceil(cell.bottom() - bottom)));
    }
    setAccessibleDescription(readOut());
    viewport()->update();
    Q_EMIT cellPointed(readOut());
}

void MaskMap::openCursor()
{
    if (const std::optional<Cell> cell = cursorCell()) {
        Q_EMIT cellOpened(*cell);
    }
}

void MaskMap::measure()
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    const double rows = std::max<double>(1, static_cast<double>(m_layers.size()));
    const double columns = std::max<double>(1, static_cast<double>(m_projections.size()));
    m_labelWidth = metrics.horizontalAdvance(tr("Layer %1").arg(888)) + line * 0.6;
    m_headHeight = line * 1.5;
    m_legendHeight = line * 2.8;
    const double height = (viewport()->height() - m_headHeight - m_legendHeight) / rows;
    const double width = (viewport()->width() - m_labelWidth - line * 0.5) / columns;
    m_cell = QSizeF(std::clamp(std::floor(width), std::floor(metrics.horizontalAdvance(percentText(0.888)) + 6), line * 9),
                    std::clamp(std::floor(height), std::ceil(line * 1.1), line * 2.4));
    const int hidden = static_cast<int>(std::ceil(rows * m_cell.height() + m_headHeight + m_legendHeight - viewport()->height()));
    verticalScrollBar()->setRange(0, std::max(0, hidden));
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() - static_cast<int>(m_headHeight + m_legendHeight)));
    verticalScrollBar()->setSingleStep(static_cast<int>(m_cell.height()));
    const int hiddenWidth = static_cast<int>(std::ceil(columns * m_cell.width() + m_labelWidth - viewport()->width()));
    horizontalScrollBar()->setRange(0, std::max(0, hiddenWidth));
    horizontalScrollBar()->setPageStep(std::max(1, viewport()->width() - static_cast<int>(m_labelWidth)));
}

QRectF MaskMap::cellRect(const Position& position) const
{
    return {m_labelWidth + position.column * m_cell.width() - horizontalScrollBar()->value(),
            m_headHeight + position.row * m_cell.height() - verticalScrollBar()->value(), m_cell.width(), m_cell.height()};
}

std::optional<MaskMap::Position> MaskMap::positionAt(const QPointF& point) const
{
    if (m_layers.empty() || point.x() < m_labelWidth || point.y() < m_headHeight ||
        point.y() > viewport()->height() - m_legendHeight) {
        return std::nullopt;
    }
    const int row = static_cast<int>((point.y() - m_headHeight + verticalScrollBar()->value()) / m_cell.height());
    const int column = static_cast<int>((point.x() - m_labelWidth + horizontalScrollBar()->value()) / m_cell.width());
    return row < static_cast<int>(m_layers.size()) && column < static_cast<int>(m_projections.size())
               ? std::optional(Position{row, column})
               : std::nullopt;
}

void MaskMap::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (m_layers.empty()) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Choose a run or an adapter to see what its mask keeps"));
        return;
    }
    paintCells(painter);
    paintHeads(painter);
    paintLegend(painter);
}

void MaskMap::paintCells(QPainter& painter) const
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

void MaskMap::paintCell(QPainter& painter, const Position& position) const
{
    const analysis::ModuleKept* module = moduleAt(position);
    const QRectF cell = cellRect(position);
    painter.setPen(QPen(palette().color(QPalette::Base), 1));
    painter.drawRect(cell);
    if (module == nullptr) {
        return;
    }
    const QColor ink = readableOn(colourOf(shareOf(*module)));
    if (module->kept == 0) {
        painter.setPen(QPen(ink, 1));
        painter.drawLine(cell.topLeft() + QPointF(4, 4), cell.bottomRight() - QPointF(4, 4));
        painter.drawLine(cell.topRight() + QPointF(-4, 4), cell.bottomLeft() + QPointF(4, -4));
        return;
    }
    painter.setPen(ink);
    painter.drawText(cell, Qt::AlignCenter, percentText(shareOf(*module)));
}

void MaskMap::paintHeads(QPainter& painter) const
{
    painter.setPen(palette().color(QPalette::Text));
    painter.save();
    painter.setClipRect(QRectF(m_labelWidth, 0, viewport()->width(), m_headHeight));
    for (int column = 0; column < m_image.width(); ++column) {
        const QRectF cell = cellRect({0, column});
        painter.drawText(QRectF(cell.left(), 0, cell.width(), m_headHeight), Qt::AlignCenter,
                         projectionTitle(m_projections[static_cast<std::size_t>(column)]));
    }
    painter.restore();
    painter.save();
    painter.setClipRect(QRectF(0, m_headHeight, m_labelWidth, viewport()->height() - m_headHeight - m_legendHeight));
    for (int row = 0; row < m_image.height(); ++row) {
        const QRectF cell = cellRect({row, 0});
        painter.drawText(QRectF(0, cell.top(), m_labelWidth - 6, cell.height()), Qt::AlignRight | Qt::AlignVCenter,
                         tr("Layer %1").arg(m_layers[static_cast<std::size_t>(row)]));
    }
    painter.restore();
}

void MaskMap::paintLegend(QPainter& painter) const
{
    const double line = QFontMetricsF(font()).height();
    const double top = viewport()->height() - m_legendHeight;
    painter.fillRect(QRectF(0, top, viewport()->width(), m_legendHeight), palette().color(QPalette::Base));
    const QRectF bar(m_labelWidth, top + line * 0.4, std::min(line * 22.0, viewport()->width() - m_labelWidth - line),
                     line * 0.8);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int stop = 0; stop <= 12; ++stop) {
        gradient.setColorAt(stop / 12.0, sequentialColour(stop / 12.0, palette()));
    }
    painter.fillRect(bar, gradient);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawRect(bar);
    const double whole = bar.left() + std::min(1.0, m_wholeShare / m_scaleEnd) * bar.width();
    painter.setPen(QPen(palette().color(QPalette::Text), 2));
    painter.drawLine(QPointF(whole, bar.top() - 3), QPointF(whole, bar.bottom() + 3));
    painter.setPen(palette().color(QPalette::Text));
    const QRectF texts(bar.left(), bar.bottom() + 3, bar.width(), line);
    painter.drawText(QRectF(0, bar.top() - line * 0.1, m_labelWidth - 6, line), Qt::AlignRight | Qt::AlignVCenter, tr("Kept"));
    painter.drawText(texts, Qt::AlignLeft, percentText(0));
    painter.drawText(texts, Qt::AlignRight, percentText(m_scaleEnd));
    painter.drawText(texts, Qt::AlignHCenter, tr("whole model: %1 (bar)").arg(percentText(m_wholeShare)));
}

bool MaskMap::viewportEvent(QEvent* event)
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

void MaskMap::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

void MaskMap::keyPressEvent(QKeyEvent* event)
{
    if (m_layers.empty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const int lastRow = static_cast<int>(m_layers.size()) - 1;
    const int lastColumn = static_cast<int>(m_projections.size()) - 1;
    Position to = m_cursor.value_or(Position{0, 0});
    switch (event->key()) {
    case Qt::Key_Left:
        to.column -= m_cursor ? 1 : 0;
        break;
    case Qt::Key_Right:
        to.column += m_cursor ? 1 : 0;
        break;
    case Qt::Key_Up:
        to.row -= m_cursor ? 1 : 0;
        break;
    case Qt::Key_Down:
        to.row += m_cursor ? 1 : 0;
        break;
    case Qt::Key_PageUp:
        to.row -= 8;
        break;
    case Qt::Key_PageDown:
        to.row += 8;
        break;
    case Qt::Key_Home:
        to = {0, 0};
        break;
    case Qt::Key_End:
        to = {lastRow, lastColumn};
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openCursor();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    moveCursor({std::clamp(to.row, 0, lastRow), std::clamp(to.column, 0, lastColumn)});
}

void MaskMap::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        rebuildImage();
    } else if (event->type() == QEvent::FontChange) {
        measure();
    } else if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Map of kept entries: layers by projections"));
        measure();
        viewport()->update();
    }
}

void MaskMap::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void MaskMap::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QSize MaskMap::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 40, line * 32};
}

} // namespace lori::ui
