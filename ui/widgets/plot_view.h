// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plot_painter.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace lori::ui {

class PlotInput;

/// One curve with its raw values. Points and band are sorted by x.
struct PlotSeries {
    QString id;   ///< stable, not shown
    QString name; ///< shown in legend, read-out and exports
    PlotStyle style;
    std::vector<PlotPoint> points;
    std::vector<PlotInterval> band; ///< may be empty
    bool visible = true;
};

/// Lines, bars with intervals, or scattered points, over numbers or named categories: lines over any number of points, thinned to
/// what the screen can show, redrawn at most five times a second, with zoom, pan and a crosshair by mouse and keyboard. The only
/// class that uses Qt Charts (its curves); axes and marks are painted here.
///
/// Keys: Left/Right move the crosshair (Shift: ten points), End/Home: last point / reset, +/-: zoom, Ctrl+Left/Right: pan,
/// Escape: hide the crosshair. Mouse: drag a rectangle, the wheel zooms at the pointer when
/// the plot has the focus or Ctrl is held, middle button pans, double click resets. A movable mark is dragged, or moved by
/// Alt+Left/Right.
class PlotView final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kRedrawIntervalMs = 200;
    static constexpr std::size_t kMaxDrawnPoints = 2000;

    explicit PlotView(QWidget* parent = nullptr);
    ~PlotView() override;

    void setAxisTitles(const QString& xTitle, const QString& yTitle);
    void setYFormat(PlotFormat format);
    /// Always shows at least [low, high]; std::nullopt follows the data.
    void setYLimits(std::optional<std::pair<double, double>> limits);
    /// The same for x.
    void setXLimits(std::optional<std::pair<double, double>> limits);
    /// Names for x = 0, 1, 2 … instead of numbers; the whole of each category is shown. Empty for numbers again.
    void setCategories(const QStringList& names);
    /// x counts something, steps for example: its axis has marks at whole numbers only.
    void setWholeX(bool whole);
    void setEmptyText(const QString& text);
    /// Words for an x value in the read-out, e.g. "LoRI-S, step 20".
    void setXDescription(std::function<QString(double)> describe);
    void setYScale(PlotScale scale);
    [[nodiscard]] PlotScale yScale() const { return m_frame.scale; }

    /// Adds a series or replaces the one with the same id; its visibility as chosen by the user is kept.
    void setSeries(PlotSeries series);
    void removeSeries(const QString& id);
    void clear();
    void setSeriesVisible(const QString& id, bool visible);
    [[nodiscard]] const std::vector<PlotSeries>& series() const { return m_series; }
    void setMarks(std::vector<PlotMark> marks);
    /// x of the first mark that can be moved.
    [[nodiscard]] std::optional<double> movableMark() const;
    void setSpans(std::vector<PlotSpan> spans);
    void setReferences(std::vector<PlotReference> references);
    [[nodiscard]] const std::vector<PlotReference>& references() const { return m_references; }
    /// Points of visible series that the logarithmic axis leaves out (y <= 0); 0 on a linear axis.
    [[nodiscard]] std::size_t hiddenByLogarithm() const;

    [[nodiscard]] PlotRange visibleRange() const { return m_frame.range; }
    [[nodiscard]] bool isZoomed() const { return m_zoom.has_value(); }
    /// Moved and cut to what there is to see; as large as that is no zoom. An unusable range changes nothing.
    void zoomTo(const PlotRange& range);
    /// factor > 1 shows less; the data at (x, y) stays where it is, as far as there is anything beside it.
    void zoomAt(double factor, double x, double y);
    /// The same around the crosshair, or the middle without one.
    void zoomBy(double factor);
    void resetZoom();
    /// Moves the view by shares of its width and height.
    void pan(double xShare, double yShare);
    /// Shows this stretch of x, or all of it, at the heights it had, without telling others.
    void showX(const std::optional<std::pair<double, double>>& x);

    [[nodiscard]] std::optional<double> crosshair() const { return m_crosshair; }
    /// Shows the crosshair at exactly this x (or hides it), without telling others.
    void setCrosshair(std::optional<double> x);
    /// Moves the crosshair to the point nearest to `x`, or by some points, or hides it; the group follows.
    void pointAt(double x);
    void stepCrosshair(int points);
    void hideCrosshair();
    /// What the crosshair's box says, as text for screen readers and tests; empty without a crosshair.
    [[nodiscard]] QString readOut() const;

    [[nodiscard]] const PlotFrame& frame() const { return m_frame; }
    /// Brings the drawn curves up to date now instead of at the next redraw.
    void refreshNow();
    /// Number of points given to the drawing of series `id` at the last refresh.
    [[nodiscard]] std::size_t drawnPoints(const QString& id) const;
    /// Draws the plot, laid out anew for the size of `target`, also as vectors.
    void render(QPainter& painter, const QRectF& target);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void crosshairMoved(std::optional<double> x);
    void zoomed(std::optional<std::pair<double, double>> x); ///< the stretch shown now, none for all; panned too
    void seriesChanged();                                    ///< names, styles or visibility: legends and tables follow
    void refreshed();
    void markMoved(double x);    ///< a movable mark is wanted there; setMarks() carries it out
    void markStepped(int steps); ///< the same by keyboard: -1 or 1, with Shift ten times as far

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    class Canvas; // the Qt Charts part
    friend class Canvas;

    void scheduleRefresh();
    void zoomInside(const PlotRange& range);
    /// What is shown without a zoom.
    [[nodiscard]] PlotRange wholeRange() const;
    void layoutFrame();
    [[nodiscard]] std::vector<double> allX() const;
    [[nodiscard]] std::vector<ReadOutLine> readOutLines() const;
    [[nodiscard]] QString readOutHeading() const;

    Canvas* m_canvas = nullptr;
    PlotInput* m_input = nullptr;
    QTimer m_timer;
    QElapsedTimer m_sinceRefresh;
    bool m_dirty = true;
    PlotFrame m_frame;
    std::vector<PlotSeries> m_series;
    std::vector<PlotMark> m_marks;
    std::vector<PlotSpan> m_spans;
    std::vector<PlotReference> m_references;
    std::optional<std::pair<double, double>> m_xLimits;
    std::optional<std::pair<double, double>> m_yLimits;
    std::optional<PlotRange> m_zoom;
    std::optional<double> m_crosshair;
    std::function<QString(double)> m_describeX;
    QString m_emptyText;
};

} // namespace lori::ui
