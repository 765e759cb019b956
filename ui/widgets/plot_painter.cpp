// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_painter.h"

#include "ui/widgets/plot_bars.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace lori::ui {
namespace {

constexpr double kSmallest = 1e-300; // keeps log10 finite

QColor textColour(const PlotFrame& frame, double strength)
{
    return mixed(frame.palette.color(QPalette::Base), frame.palette.color(QPalette::Text), strength);
}

QString plainNumber(double value)
{
    const QLocale locale;
    const double magnitude = std::abs(value);
    if (magnitude >= 1e6 || (magnitude > 0 && magnitude < 1e-3)) {
        return locale.toString(value, 'g', 3);
    }
    return locale.toString(value, 'g', magnitude >= 1e5 ? 6 : 5);
}

} // namespace

double PlotFrame::scaled(double y) const
{
    return scale == PlotScale::Logarithmic ? std::log10(std::max(y, kSmallest)) : y;
}

double PlotFrame::unscaled(double value) const
{
    return scale == PlotScale::Logarithmic ? std::pow(10.0, value) : value;
}

QPointF PlotFrame::toPixel(double x, double y) const
{
    const double low = scaled(range.yMin);
    const double high = scaled(range.yMax);
    return {area.left() + (x - range.xMin) / (range.xMax - range.xMin) * area.width(),
            area.bottom() - (scaled(y) - low) / (high - low) * area.height()};
}

double PlotFrame::xAt(double pixel) const
{
    return range.xMin + (pixel - area.left()) / std::max(1.0, area.width()) * (range.xMax - range.xMin);
}

double PlotFrame::yAt(double pixel) const
{
    const double low = scaled(range.yMin);
    const double high = scaled(range.yMax);
    return unscaled(low + (area.bottom() - pixel) / std::max(1.0, area.height()) * (high - low));
}

std::vector<double> PlotFrame::xTicks() const
{
    if (!categories.isEmpty()) {
        double widest = 0;
        for (const QString& name : categories) {
            widest = std::max(widest, QFontMetricsF(font).horizontalAdvance(name) + 12);
        }
        // Every category has its name while there is room, else every second, third … one.
        const double pitch = area.width() / std::max(1e-9, range.xMax - range.xMin);
        const int step = std::max(1, static_cast<int>(std::ceil(widest / std::max(1.0, pitch))));
        std::vector<double> ticks;
        for (int i = 0; i < categories.size(); i += step) {
            if (i >= range.xMin && i <= range.xMax) {
                ticks.push_back(i);
            }
        }
        return ticks;
    }
    const double widest = QFontMetricsF(font).horizontalAdvance(xText(range.xMax)) + 28;
    int wanted = std::max(2, static_cast<int>(area.width() / std::max(48.0, widest)));
    if (!wholeX) {
        return niceTicks(range.xMin, range.xMax, wanted);
    }
    wanted = static_cast<int>(std::clamp(range.xMax - range.xMin, 1.0, static_cast<double>(wanted))); // steps of at least 1
    std::vector<double> ticks = niceTicks(range.xMin, range.xMax, wanted);
    std::erase_if(ticks, [](double tick) { return std::abs(tick - std::round(tick)) > 1e-6; }); // of a view narrower than 1
    return ticks;
}

std::vector<double> PlotFrame::yTicks() const
{
    const int wanted = std::max(2, static_cast<int>(area.height() / (QFontMetricsF(font).height() * 2.4)));
    return scale == PlotScale::Logarithmic ? niceLogTicks(range.yMin, range.yMax, wanted)
                                           : niceTicks(range.yMin, range.yMax, wanted);
}

QString PlotFrame::yText(double y) const
{
    if (format == PlotFormat::Percent) {
        return QLocale().toString(y * 100, 'g', 3) + QLocale().percent();
    }
    return plainNumber(std::abs(y) < (range.yMax - range.yMin) * 1e-9 ? 0 : y);
}

QString PlotFrame::xText(double x) const
{
    if (!categories.isEmpty()) {
        const auto index = static_cast<qsizetype>(std::lround(x));
        return index >= 0 && index < categories.size() ? categories[index] : QString();
    }
    return plainNumber(x);
}

QRectF plotAreaIn(const QRectF& outer, const PlotFrame& frame)
{
    const QFontMetricsF metrics(frame.font);
    PlotFrame guess = frame;
    guess.area = outer;
    double widest = metrics.horizontalAdvance(frame.yText(frame.range.yMax));
    for (const double tick : guess.yTicks()) {
        widest = std::max(widest, metrics.horizontalAdvance(frame.yText(tick)));
    }
    const double gap = metrics.height() * 0.4;
    const double left = widest + 2 * gap + (frame.yTitle.isEmpty() ? 0 : metrics.height());
    const double bottom = metrics.height() + 2 * gap + (frame.xTitle.isEmpty() ? 0 : metrics.height());
    return outer.adjusted(left, metrics.height() * 1.2, -metrics.height(), -bottom);
}

void paintGrid(QPainter& painter, const PlotFrame& frame)
{
    const QFontMetricsF metrics(frame.font);
    const QRectF& area = frame.area;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(frame.font);
    painter.fillRect(area, frame.palette.color(QPalette::Base));
    const QPen gridPen(textColour(frame, 0.13), 1);
    const QPen labelPen(textColour(frame, 0.82));
    const double gap = metrics.height() * 0.4;
    double lowest = std::numeric_limits<double>::infinity(); // top of the label written last
    for (const double tick : frame.yTicks()) {
        const double y = frame.toPixel(frame.range.xMin, tick).y();
        painter.setPen(gridPen);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        if (y + metrics.height() / 2 > lowest) {
            continue; // on a logarithmic axis the marks of a decade come closer and closer; labels never touch
        }
        lowest = y - metrics.height() / 2;
        painter.setPen(labelPen);
        const QString text = frame.yText(tick);
        painter.drawText(QRectF(area.left() - gap - metrics.horizontalAdvance(text) - 2, y - metrics.height() / 2,
                                metrics.horizontalAdvance(text) + 2, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    }
    for (const double tick : frame.xTicks()) {
        const double x = frame.toPixel(tick, frame.range.yMin).x();
        painter.setPen(gridPen);
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter.setPen(labelPen);
        painter.drawText(QRectF(x - 100, area.bottom() + gap, 200, metrics.height()), Qt::AlignCenter, frame.xText(tick));
    }
    painter.setPen(QPen(textColour(frame, 0.5), 1));
    painter.drawRect(area);
    painter.setPen(labelPen);
    painter.drawText(QRectF(area.left(), area.bottom() + gap + metrics.height(), area.width(), metrics.height() * 1.2),
                     Qt::AlignCenter, frame.xTitle);
    painter.translate(area.left() - plotAreaIn(QRectF(0, 0, area.width(), area.height()), frame).left() + metrics.height() * 0.75,
                      area.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-area.height(), -metrics.height() * 0.5, 2 * area.height(), metrics.height()), Qt::AlignCenter,
                     frame.yTitle);
    painter.restore();
}

namespace {

/// Lines from the lower left to the upper right, cut to `box` by their ends: a pattern brush is black in some readers of SVG, and
/// an SVG knows no clipping.
void paintHatch(QPainter& painter, const QRectF& box, const QColor& colour)
{
    constexpr double kPitch = 7;
    painter.setPen(QPen(colour, 1));
    for (double start = box.left() - box.height(); start < box.right(); start += kPitch) {
        const double from = std::max(start, box.left());
        const double to = std::min(start + box.height(), box.right());
        if (to > from) {
            painter.drawLine(QPointF(from, box.bottom() - (from - start)), QPointF(to, box.bottom() - (to - start)));
        }
    }
}

} // namespace

void paintSpans(QPainter& painter, const PlotFrame& frame, const std::vector<PlotSpan>& spans)
{
    painter.save();
    painter.setClipRect(frame.area);
    painter.setFont(frame.font);
    for (const PlotSpan& span : spans) {
        const double left = frame.toPixel(span.from, frame.range.yMin).x();
        // A pause at one step has no width of its own; it is drawn a few pixels wide so that it can be seen.
        const double right = std::max(left + 4, frame.toPixel(span.to, frame.range.yMin).x());
        const QRectF box = QRectF(left, frame.area.top(), right - left, frame.area.height()).intersected(frame.area);
        if (box.isEmpty()) {
            continue;
        }
        painter.fillRect(box, textColour(frame, 0.1));
        paintHatch(painter, box, textColour(frame, 0.3));
        painter.setPen(textColour(frame, 0.82));
        painter.drawText(QPointF(right + 4, frame.area.bottom() - 5), span.label);
    }
    painter.restore();
}

void paintMarks(QPainter& painter, const PlotFrame& frame, const std::vector<PlotMark>& marks)
{
    const QFontMetricsF metrics(frame.font);
    painter.save();
    painter.setFont(frame.font);
    double free = frame.area.left() - 1; // labels that would overlap the one before are left out, their lines are not
    for (const PlotMark& mark : marks) {
        if (mark.x < frame.range.xMin || mark.x > frame.range.xMax) {
            continue;
        }
        const double x = frame.toPixel(mark.x, frame.range.yMin).x();
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(textColour(frame, 0.55), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()));
        if (x >= free) {
            painter.setPen(textColour(frame, 0.82));
            painter.drawText(QPointF(x + 3, frame.area.top() - metrics.descent() - 1), mark.label);
            free = x + metrics.horizontalAdvance(mark.label) + 12;
        }
    }
    painter.restore();
}

void paintBand(QPainter& painter, const PlotFrame& frame, const std::vector<PlotInterval>& band, const PlotStyle& style)
{
    if (band.empty()) {
        return;
    }
    const QColor colour = plotColour(style.colour, frame.palette);
    QColor fill = colour;
    fill.setAlphaF(0.16F);
    painter.save();
    painter.setClipRect(frame.area);
    painter.setRenderHint(QPainter::Antialiasing, true);
    QPolygonF outline;
    for (const PlotInterval& interval : band) {
        outline << frame.toPixel(interval.x, interval.high);
    }
    const std::vector<PlotInterval> back(band.rbegin(), band.rend()); // clang 14 cannot read this library's reversed views
    for (const PlotInterval& interval : back) {
        outline << frame.toPixel(interval.x, interval.low);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(outline);
    painter.restore();
    if (band.size() <= 60) { // whiskers keep the ends readable where bands of two series overlap
        QColor whisker = colour;
        whisker.setAlphaF(0.6F);
        paintWhiskers(painter, frame, band, QPen(whisker, 1), 0);
    }
}

void paintReference(QPainter& painter, const PlotFrame& frame, const PlotReference& reference)
{
    PlotStyle style = reference.style;
    style.dash = PlotDash::Dash;
    QPen pen = plotPen(style, frame.palette);
    pen.setWidthF(1.2);
    painter.save();
    painter.setClipRect(frame.area);
    painter.setPen(pen);
    const double y = frame.toPixel(frame.range.xMin, reference.y).y();
    painter.drawLine(QPointF(frame.area.left(), y), QPointF(frame.area.right(), y));
    painter.restore();
}

void paintMarkers(QPainter& painter, const PlotFrame& frame, const std::vector<PlotPoint>& points, const PlotStyle& style)
{
    const QPainterPath path = markerPath(markerOf(style), QFontMetricsF(frame.font).height() * 0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setClipRect(frame.area.adjusted(-6, -6, 6, 6));
    painter.setPen(QPen(frame.palette.color(QPalette::Base), 1));
    painter.setBrush(plotColour(style.colour, frame.palette));
    for (const PlotPoint& point : points) {
        if (std::isfinite(point.y) && point.x >= frame.range.xMin && point.x <= frame.range.xMax) {
            painter.drawPath(path.translated(frame.toPixel(point.x, point.y)));
        }
    }
    painter.restore();
}

void paintEmptyText(QPainter& painter, const PlotFrame& frame, const QString& text)
{
    painter.save();
    painter.setFont(frame.font);
    painter.setPen(textColour(frame, 0.75));
    painter.drawText(frame.area, Qt::AlignCenter | Qt::TextWordWrap, text);
    painter.restore();
}

QRectF readOutBox(const QRectF& area, double x, const QSizeF& size, const std::vector<QPointF>& taken)
{
    constexpr double kBeside = 10;
    constexpr double kEdge = 6;
    std::vector<double> lefts;
    if (x + kBeside + size.width() <= area.right()) {
        lefts.push_back(x + kBeside);
    }
    if (x - kBeside - size.width() >= area.left()) {
        lefts.push_back(x - kBeside - size.width());
    }
    if (lefts.empty()) {
        lefts.push_back(std::max(area.left(), x - kBeside - size.width()));
    }
    std::vector<double> tops{area.top() + kEdge};
    if (const double low = area.bottom() - kEdge - size.height(); low > tops.front()) {
        tops.push_back(low);
    }
    QRectF best;
    std::ptrdiff_t fewest = std::numeric_limits<std::ptrdiff_t>::max();
    for (const double top : tops) {
        for (const double left : lefts) {
            const QRectF box(QPointF(left, top), size);
            const auto covered =
                std::count_if(taken.begin(), taken.end(), [&](const QPointF& pixel) { return box.contains(pixel); });
            if (covered < fewest) {
                fewest = covered;
                best = box;
            }
        }
    }
    return best;
}

void paintCrosshair(QPainter& painter, const PlotFrame& frame, double x, const QString& heading,
                    const std::vector<ReadOutLine>& lines, const std::vector<QPointF>& taken)
{
    if (x < frame.range.xMin || x > frame.range.xMax) {
        return;
    }
    const QFontMetricsF metrics(frame.font);
    const double pixel = frame.toPixel(x, frame.range.yMin).x();
    painter.save();
    painter.setFont(frame.font);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(textColour(frame, 0.75), 1));
    painter.drawLine(QPointF(pixel, frame.area.top()), QPointF(pixel, frame.area.bottom()));
    painter.setRenderHint(QPainter::Antialiasing, true);
    const double row = metrics.height() * 1.15;
    const double sample = row * 1.6;
    double width = metrics.horizontalAdvance(heading);
    for (const ReadOutLine& line : lines) {
        width = std::max(width, sample + metrics.horizontalAdvance(line.text));
        if (line.point && frame.area.adjusted(0, -1, 0, 1).contains(frame.toPixel(line.point->x, line.point->y))) {
            painter.setPen(QPen(frame.palette.color(QPalette::Base), 1.5));
            painter.setBrush(plotColour(line.style.colour, frame.palette));
            painter.drawEllipse(frame.toPixel(line.point->x, line.point->y), 4, 4);
        }
    }
    const double pad = row * 0.4;
    const QSizeF size(width + 2 * pad, row * static_cast<double>(lines.size() + 1) + 1.4 * pad);
    const QRectF box = readOutBox(frame.area, pixel, size, taken);
    painter.setPen(QPen(textColour(frame, 0.4), 1));
    QColor fill = frame.palette.color(QPalette::Window);
    fill.setAlphaF(0.94F);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(frame.palette.color(QPalette::WindowText));
    double y = box.top() + pad * 0.7;
    painter.drawText(QRectF(box.left() + pad, y, width + pad, row), Qt::AlignLeft | Qt::AlignVCenter, heading);
    for (const ReadOutLine& line : lines) {
        y += row;
        paintSample(painter, QRectF(box.left() + pad, y, sample * 0.8, row), line.style, frame.palette);
        painter.setPen(frame.palette.color(QPalette::WindowText));
        painter.drawText(QRectF(box.left() + pad + sample, y, width + pad, row), Qt::AlignLeft | Qt::AlignVCenter, line.text);
    }
    painter.restore();
}

void paintSample(QPainter& painter, const QRectF& box, const PlotStyle& style, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (style.shape == PlotShape::Bars) {
        const double side = std::min(box.width(), box.height() * 0.62);
        paintBar(painter, QRectF(box.center() - QPointF(side / 2, side / 2), QSizeF(side, side)), style, palette);
    } else if (style.shape == PlotShape::Line) {
        painter.setPen(plotPen(style, palette));
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
    }
    if (style.marker != PlotMarker::None || style.shape == PlotShape::Points) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(plotColour(style.colour, palette));
        painter.drawPath(markerPath(markerOf(style), box.height() * 0.5).translated(box.center()));
    }
    painter.restore();
}

} // namespace lori::ui
