// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_view.h"

#include "ui/widgets/accessible_read_out.h"
#include "ui/widgets/plot_bars.h"
#include "ui/widgets/plot_input.h"
#include "ui/widgets/plot_range.h"

#include <QChart>
#include <QChartView>
#include <QCoreApplication>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QLocale>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <map>

namespace lori::ui {

/// The Qt Charts view: curves by QLineSeries on two invisible axes, everything else painted below and above them.
class PlotView::Canvas final : public QChartView {
public:
    explicit Canvas(PlotView* owner) : QChartView(new QChart, owner), m_owner(owner)
    {
        chart()->setAnimationOptions(QChart::NoAnimation);
        chart()->legend()->hide();
        chart()->setBackgroundVisible(false);
        chart()->setPlotAreaBackgroundVisible(false);
        chart()->setMargins({});
        chart()->layout()->setContentsMargins(0, 0, 0, 0);
        chart()->addAxis(m_xAxis, Qt::AlignBottom);
        chart()->addAxis(m_yAxis, Qt::AlignLeft);
        m_xAxis->setVisible(false);
        m_yAxis->setVisible(false);
        setFrameShape(QFrame::NoFrame);
        setRenderHint(QPainter::Antialiasing);
        setFocusPolicy(Qt::NoFocus);
        setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
        setBackgroundBrush(Qt::NoBrush);
        setAcceptDrops(false); // what is dragged here is for whoever holds the plot
        viewport()->setAcceptDrops(false);
        setObjectName(QStringLiteral("plotCanvas"));
        setAccessibleName(PlotView::tr("Plot area"));
        viewport()->setObjectName(QStringLiteral("plotSurface"));
        viewport()->setFocusPolicy(Qt::NoFocus); // the plot itself has the focus
    }

    std::map<QString, std::size_t> drawn;

    void showSeries(const std::vector<PlotSeries>& series, const PlotFrame& frame)
    {
        const auto columns = static_cast<std::size_t>(std::max(50.0, frame.area.width() * devicePixelRatioF()));
        std::map<QString, QLineSeries*> stale = m_lines;
        m_xAxis->setRange(frame.range.xMin, frame.range.xMax);
        m_yAxis->setRange(frame.scaled(frame.range.yMin), frame.scaled(frame.range.yMax));
        drawn.clear();
        for (const PlotSeries& one : series) {
            stale.erase(one.id);
            QLineSeries* line = lineFor(one.id);
            line->setPen(plotPen(one.style, frame.palette));
            line->setVisible(one.visible);
            QList<QPointF> points;
            if (one.visible && one.style.shape == PlotShape::Line) {
                for (const PlotPoint& p : thinned(one.points, frame.range.xMin, frame.range.xMax, columns, kMaxDrawnPoints)) {
                    if (frame.scale == PlotScale::Linear || p.y > 0) {
                        points.append({p.x, frame.scaled(p.y)});
                    }
                }
            }
            drawn[one.id] = static_cast<std::size_t>(points.size());
            line->replace(points);
        }
        for (const auto& [id, line] : stale) {
            chart()->removeSeries(line);
            line->deleteLater();
            m_lines.erase(id);
        }
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QChartView::resizeEvent(event);
        m_owner->layoutFrame();
        m_owner->refreshNow();
    }
    void drawBackground(QPainter* painter, const QRectF& rect) override
    {
        const PlotFrame& frame = m_owner->m_frame;
        painter->fillRect(rect, frame.palette.color(QPalette::Base));
        paintGrid(*painter, frame);
        paintSpans(*painter, frame, m_owner->m_spans);
        const std::vector<BarPlace> places = barPlaces(m_owner->m_series);
        for (std::size_t i = 0; i < places.size(); ++i) {
            const PlotSeries& one = m_owner->m_series[i];
            if (one.visible && one.style.shape == PlotShape::Bars) {
                paintBars(*painter, frame, one, places[i]);
            } else if (one.visible && one.style.shape == PlotShape::Line) {
                paintBand(*painter, frame, one.band, one.style);
            }
        }
        for (const PlotReference& reference : m_owner->m_references) {
            paintReference(*painter, frame, reference);
        }
    }
    void drawForeground(QPainter* painter, const QRectF& /*rect*/) override
    {
        const PlotFrame& frame = m_owner->m_frame;
        paintMarks(*painter, frame, m_owner->m_marks);
        bool empty = true;
        for (const PlotSeries& one : m_owner->m_series) {
            empty = empty && one.points.empty();
            if (!one.visible || one.style.shape == PlotShape::Bars) {
                continue;
            }
            if (one.style.shape == PlotShape::Points) {
                paintWhiskers(*painter, frame, one.band, plotPen(one.style, frame.palette), 0);
                paintMarkers(*painter, frame, one.points, one.style);
            } else if (one.points.size() == 1 || (one.style.marker != PlotMarker::None && one.points.size() <= 120)) {
                paintMarkers(*painter, frame, one.points, one.style); // a lone point has no line, so a marker shows it
            }
        }
        if (empty) {
            paintEmptyText(*painter, frame, m_owner->m_emptyText);
        }
        if (m_owner->m_crosshair && !m_owner->m_input->isSelecting()) {
            paintCrosshair(*painter, frame, *m_owner->m_crosshair, m_owner->readOutHeading(), m_owner->readOutLines(),
                           pixelsOfSeries(m_owner->m_series, frame));
        }
        if (m_owner->hasFocus()) {
            painter->setPen(QPen(frame.palette.color(QPalette::Highlight), 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
        }
    }

private:
    QLineSeries* lineFor(const QString& id)
    {
        auto& line = m_lines[id];
        if (line == nullptr) {
            line = new QLineSeries(chart());
            chart()->addSeries(line);
            line->attachAxis(m_xAxis);
            line->attachAxis(m_yAxis);
        }
        return line;
    }

    PlotView* m_owner;
    QValueAxis* m_xAxis = new QValueAxis;
    QValueAxis* m_yAxis = new QValueAxis;
    std::map<QString, QLineSeries*> m_lines;
};

PlotView::PlotView(QWidget* parent)
    : QWidget(parent), m_canvas(new Canvas(this)), m_input(new PlotInput(this, m_canvas->viewport()))
{
    setFocusPolicy(Qt::StrongFocus);
    exposeReadOut(this, QAccessible::Chart, [this] { return readOut(); });
    setAccessibleName(tr("Chart"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_canvas);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PlotView::refreshNow);
    m_frame.palette = palette();
    m_frame.font = font();
}

PlotView::~PlotView() = default;

void PlotView::setAxisTitles(const QString& xTitle, const QString& yTitle)
{
    m_frame.xTitle = xTitle;
    m_frame.yTitle = yTitle;
    layoutFrame();
    scheduleRefresh();
}

void PlotView::setYFormat(PlotFormat format)
{
    m_frame.format = format;
    layoutFrame();
    scheduleRefresh();
}

void PlotView::setYLimits(std::optional<std::pair<double, double>> limits)
{
    m_yLimits = limits;
    scheduleRefresh();
}

void PlotView::setXLimits(std::optional<std::pair<double, double>> limits)
{
    m_xLimits = limits;
    scheduleRefresh();
}

void PlotView::setCategories(const QStringList& names)
{
    m_frame.categories = names;
    m_zoom.reset();
    layoutFrame();
    scheduleRefresh();
}

void PlotView::setWholeX(bool whole)
{
    m_frame.wholeX = whole;
    layoutFrame();
    scheduleRefresh();
}

void PlotView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    m_canvas->viewport()->update();
}

void PlotView::setXDescription(std::function<QString(double)> describe)
{
    m_describeX = std::move(describe);
}

void PlotView::setYScale(PlotScale scale)
{
    if (m_frame.scale != scale) {
        const auto x = m_zoom ? std::optional(std::pair(m_zoom->xMin, m_zoom->xMax)) : std::nullopt;
        m_zoom.reset(); // its heights may reach below zero, where a logarithm has nothing
        m_frame.scale = scale;
        showX(x);
    }
}

void PlotView::setSeries(PlotSeries series)
{
    const auto same = std::find_if(m_series.begin(), m_series.end(), [&](const PlotSeries& s) { return s.id == series.id; });
    bool changed = true;
    if (same == m_series.end()) {
        m_series.push_back(std::move(series));
    } else {
        series.visible = same->visible;
        changed = same->name != series.name || same->style != series.style;
        *same = std::move(series);
    }
    scheduleRefresh();
    if (changed) {
        Q_EMIT seriesChanged();
    }
}

void PlotView::removeSeries(const QString& id)
{
    if (std::erase_if(m_series, [&](const PlotSeries& s) { return s.id == id; }) > 0) {
        scheduleRefresh();
        Q_EMIT seriesChanged();
    }
}

void PlotView::clear()
{
    m_series.clear();
    m_marks.clear();
    m_spans.clear();
    m_references.clear();
    m_zoom.reset();
    m_crosshair.reset();
    scheduleRefresh();
    Q_EMIT seriesChanged();
}

void PlotView::setSeriesVisible(const QString& id, bool visible)
{
    for (PlotSeries& one : m_series) {
        if (one.id == id && one.visible != visible) {
            one.visible = visible;
            refreshNow();
            Q_EMIT seriesChanged();
        }
    }
}

void PlotView::setMarks(std::vector<PlotMark> marks)
{
    m_marks = std::move(marks);
    scheduleRefresh();
}

std::optional<double> PlotView::movableMark() const
{
    const auto found = std::find_if(m_marks.begin(), m_marks.end(), [](const PlotMark& mark) { return mark.isMovable; });
    return found != m_marks.end() ? std::optional(found->x) : std::nullopt;
}

void PlotView::setSpans(std::vector<PlotSpan> spans)
{
    m_spans = std::move(spans);
    scheduleRefresh();
}

void PlotView::setReferences(std::vector<PlotReference> references)
{
    const bool changed = references != m_references;
    m_references = std::move(references);
    scheduleRefresh();
    if (changed) {
        Q_EMIT seriesChanged();
    }
}

std::size_t PlotView::hiddenByLogarithm() const
{
    std::size_t count = 0;
    for (const PlotSeries& one : m_series) {
        if (one.visible && m_frame.scale == PlotScale::Logarithmic) {
            count += countNonPositive(one.points);
        }
    }
    return count;
}

void PlotView::zoomTo(const PlotRange& range)
{
    if (isUsableRange(range, m_frame.scale)) {
        zoomInside(range);
        Q_EMIT zoomed(m_zoom ? std::optional(std::pair(m_zoom->xMin, m_zoom->xMax)) : std::nullopt);
    }
}

void PlotView::zoomInside(const PlotRange& range)
{
    const PlotRange whole = wholeRange();
    const PlotRange inside = rangeWithin(range, whole, m_frame.scale);
    m_zoom = inside == whole ? std::nullopt : std::optional(inside);
    refreshNow();
}

void PlotView::showX(const std::optional<std::pair<double, double>>& x)
{
    PlotRange range = x && m_zoom ? *m_zoom : wholeRange();
    if (x) {
        range.xMin = x->first;
        range.xMax = x->second;
    }
    if (isUsableRange(range, m_frame.scale)) {
        zoomInside(range);
    } else {
        refreshNow();
    }
}

void PlotView::zoomAt(double factor, double x, double y)
{
    zoomTo(zoomedRange(m_frame, factor, x, y));
}

void PlotView::zoomBy(double factor)
{
    zoomAt(factor, m_crosshair.value_or((m_frame.range.xMin + m_frame.range.xMax) / 2), m_frame.yAt(m_frame.area.center().y()));
}

void PlotView::resetZoom()
{
    m_zoom.reset();
    refreshNow();
    Q_EMIT zoomed(std::nullopt);
}

void PlotView::pan(double xShare, double yShare)
{
    zoomTo(pannedRange(m_frame, xShare, yShare));
}

void PlotView::setCrosshair(std::optional<double> x)
{
    if (x != m_crosshair) {
        m_crosshair = x;
        if (hasFocus()) { // only the chart a person is in speaks, not every chart of the group
            setAccessibleDescription(readOut());
        }
        m_canvas->viewport()->update();
    }
}

void PlotView::scheduleRefresh()
{
    m_dirty = true;
    if (m_timer.isActive() || !isVisible()) { // a hidden chart catches up when it is shown
        return;
    }
    const qint64 since = m_sinceRefresh.isValid() ? m_sinceRefresh.elapsed() : kRedrawIntervalMs;
    m_timer.start(static_cast<int>(std::clamp<qint64>(kRedrawIntervalMs - since, 0, kRedrawIntervalMs)));
}

void PlotView::refreshNow()
{
    m_timer.stop();
    m_frame.range = m_zoom ? *m_zoom : wholeRange();
    layoutFrame();
    m_canvas->showSeries(m_series, m_frame);
    m_canvas->viewport()->update();
    m_dirty = false;
    m_sinceRefresh.start();
    Q_EMIT refreshed();
}

PlotRange PlotView::wholeRange() const
{
    std::optional<std::pair<double, double>> xLimits = m_xLimits;
    if (!m_frame.categories.isEmpty()) { // half a place around the first and the last name
        xLimits = {-0.5, static_cast<double>(m_frame.categories.size()) - 0.5};
    }
    return rangeOfSeries(m_series, m_references, m_frame.scale, xLimits, m_yLimits);
}

void PlotView::layoutFrame()
{
    m_frame.area = plotAreaIn(QRectF(m_canvas->viewport()->rect()), m_frame);
    m_canvas->chart()->setPlotArea(m_frame.area);
}

std::size_t PlotView::drawnPoints(const QString& id) const
{
    const auto found = m_canvas->drawn.find(id);
    return found == m_canvas->drawn.end() ? 0 : found->second;
}

void PlotView::render(QPainter& painter, const QRectF& target)
{
    const QRect shown = m_canvas->geometry();
    const auto laidOut = [this](const QSize& size) { // also while it is hidden, when Qt would put it off
        const QSize before = m_canvas->size();
        m_canvas->resize(size);
        QResizeEvent event(size, before);
        QCoreApplication::sendEvent(m_canvas, &event);
    };
    setUpdatesEnabled(false); // nobody sees it in another size
    laidOut(target.size().toSize());
    refreshNow();
    m_canvas->render(&painter, target, m_canvas->viewport()->rect());
    laidOut(shown.size());
    m_canvas->setGeometry(shown);
    setUpdatesEnabled(true);
}

QSize PlotView::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 36, line * 14};
}

QSize PlotView::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 14, line * 11};
}

void PlotView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_frame.palette = palette();
        m_frame.font = font();
        refreshNow();
        Q_EMIT seriesChanged(); // legends repaint their samples
    }
}

void PlotView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_dirty) {
        refreshNow();
    }
}

} // namespace lori::ui
