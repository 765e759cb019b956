// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parallel_plot.h"

#include "ui/widgets/accessible_read_out.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lori::ui {

namespace {

constexpr double kReach = 14;    // pixels from a line at which it still is meant
constexpr int kManyLines = 60;   // from here on lines are drawn paler
constexpr int kPale = 70;        // opacity of one of many lines
constexpr int kClear = 150;      // of one of few
constexpr double kDotRadius = 3; // of a value

double distanceToSegment(const QPointF& point, const QPointF& from, const QPointF& to)
{
    const QPointF along = to - from;
    const double length = QPointF::dotProduct(along, along);
    const double at = length > 0 ? std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0) : 0.0;
    const QPointF away = point - (from + at * along);
    return std::hypot(away.x(), away.y());
}

} // namespace

ParallelPlot::ParallelPlot(QWidget* parent) : QWidget(parent)
{
    exposeReadOut(this, QAccessible::Chart, [this] { return readOut(); });
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void ParallelPlot::setData(std::vector<ParallelAxis> axes, std::vector<ParallelLine> lines)
{
    std::erase_if(lines, [&](const ParallelLine& line) { return line.values.size() != axes.size(); });
    m_axes = std::move(axes);
    m_lines = std::move(lines);
    m_ranges.assign(m_axes.size(), {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()});
    for (const ParallelLine& line : m_lines) {
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            if (const auto& value = line.values[axis]; value && std::isfinite(*value)) {
                m_ranges[axis].low = std::min(m_ranges[axis].low, *value);
                m_ranges[axis].high = std::max(m_ranges[axis].high, *value);
            }
        }
    }
    m_highlighted = m_highlighted < static_cast<int>(m_lines.size()) ? m_highlighted : -1;
    place();
}

void ParallelPlot::setHighlighted(int line)
{
    if (line != m_highlighted && line < static_cast<int>(m_lines.size())) {
        m_highlighted = line;
        update();
        if (QAccessible::isActive()) {
            QAccessibleValueChangeEvent changed(this, readOut());
            QAccessible::updateAccessibility(&changed);
        }
    }
}

QSize ParallelPlot::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 40, line * 16};
}

QRectF ParallelPlot::plotRect() const
{
    const double line = fontMetrics().height();
    return QRectF(rect()).adjusted(line * 4, line * 2.6, -line * 4, -line * 1.6);
}

double ParallelPlot::xOf(std::size_t axis) const
{
    const QRectF plot = plotRect();
    return m_axes.size() < 2 ? plot.center().x()
                             : plot.left() + plot.width() * static_cast<double>(axis) / static_cast<double>(m_axes.size() - 1);
}

std::optional<QPointF> ParallelPlot::pointOf(std::size_t line, std::size_t axis) const
{
    return m_points[line * m_axes.size() + axis];
}

/// Where every value lies; an axis with one value only has it in the middle.
void ParallelPlot::place()
{
    const QRectF plot = plotRect();
    m_points.clear();
    m_points.reserve(m_lines.size() * m_axes.size());
    for (const ParallelLine& line : m_lines) {
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            const auto& value = line.values[axis];
            if (!value || !std::isfinite(*value)) {
                m_points.emplace_back();
                continue;
            }
            const Range& range = m_ranges[axis];
            const double share = range.high > range.low ? (*value - range.low) / (range.high - range.low) : 0.5;
            m_points.emplace_back(QPointF(xOf(axis), plot.bottom() - share * plot.height()));
        }
    }
    m_picture = QImage();
    update();
}

int ParallelPlot::lineAt(const QPointF& point) const
{
    int nearest = -1;
    double best = kReach;
    const auto take = [&](double distance, std::size_t line) {
        if (distance < best) {
            best = distance;
            nearest = static_cast<int>(line);
        }
    };
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            const auto from = pointOf(line, axis);
            const auto to = axis + 1 < m_axes.size() ? pointOf(line, axis + 1) : std::nullopt;
            if (from) {
                take(distanceToSegment(point, *from, to.value_or(*from)), line);
            }
        }
    }
    return nearest;
}

QString ParallelPlot::readOut() const
{
    if (m_highlighted < 0) {
        return {};
    }
    const ParallelLine& line = m_lines[static_cast<std::size_t>(m_highlighted)];
    QStringList parts{line.name};
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        if (line.values[axis]) {
            parts << QStringLiteral("%1: %2").arg(m_axes[axis].title, m_axes[axis].text(*line.values[axis]));
        }
    }
    return parts.join(QStringLiteral("; "));
}

/// A value whose neighbours are missing has nothing but its dot.
void ParallelPlot::paintLine(QPainter& painter, std::size_t line, bool dots) const
{
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const auto from = pointOf(line, axis);
        const auto to = axis + 1 < m_axes.size() ? pointOf(line, axis + 1) : std::nullopt;
        if (from && to) {
            painter.drawLine(*from, *to);
        }
        const bool alone = from && !to && (axis == 0 || !pointOf(line, axis - 1));
        if (alone || (dots && from)) {
            painter.drawEllipse(*from, kDotRadius, kDotRadius);
        }
    }
}

void ParallelPlot::draw()
{
    m_picture = QImage(size() * devicePixelRatioF(), QImage::Format_ARGB32_Premultiplied);
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ink = palette().color(QPalette::Text);
    const bool many = static_cast<int>(m_lines.size()) > kManyLines;
    ink.setAlpha(many ? kPale : kClear);
    painter.setPen(QPen(ink, 1));
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
        paintLine(painter, line, !many);
    }
}

void ParallelPlot::paintAxes(QPainter& painter) const
{
    const QRectF plot = plotRect();
    const double line = fontMetrics().height();
    const double room = m_axes.size() < 2 ? plot.width() : plot.width() / static_cast<double>(m_axes.size() - 1);
    painter.setPen(palette().color(QPalette::Text));
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const double x = xOf(axis);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const double width = std::max(line * 2, std::min(room, line * 8)) - line / 2;
        const QRectF head(x - width / 2, 0, width, line * 1.2);
        painter.drawText(head, Qt::AlignCenter,
                         fontMetrics().elidedText(m_axes[axis].title, Qt::ElideRight, static_cast<int>(width)));
        if (m_ranges[axis].low <= m_ranges[axis].high) {
            painter.drawText(head.translated(0, line * 1.2), Qt::AlignCenter, m_axes[axis].text(m_ranges[axis].high));
            painter.drawText(QRectF(x - width / 2, plot.bottom() + line * 0.3, width, line * 1.2), Qt::AlignCenter,
                             m_axes[axis].text(m_ranges[axis].low));
        }
    }
}

void ParallelPlot::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF()) {
        draw();
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter);
    painter.drawImage(0, 0, m_picture);
    if (m_highlighted >= 0) {
        painter.setPen(QPen(palette().color(QPalette::Base), 6));
        paintLine(painter, static_cast<std::size_t>(m_highlighted), true);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 3));
        painter.setBrush(palette().color(QPalette::Highlight));
        paintLine(painter, static_cast<std::size_t>(m_highlighted), true);
        painter.setBrush(Qt::NoBrush);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void ParallelPlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void ParallelPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        place();
    }
}

void ParallelPlot::point(int line)
{
    if (line != m_highlighted) {
        setHighlighted(line);
        Q_EMIT pointed(line);
    }
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event)
{
    if (const int line = lineAt(event->position()); line >= 0) {
        point(line);
    }
}

void ParallelPlot::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_lines.size()) - 1;
    if (event->key() == Qt::Key_Down && last >= 0) {
        point(std::min(last, m_highlighted + 1));
    } else if (event->key() == Qt::Key_Up && last >= 0) {
        point(std::max(0, m_highlighted - 1));
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace lori::ui
