// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>

class QKeyEvent;
class QMouseEvent;
class QRubberBand;
class QWheelEvent;

namespace lori::ui {

class PlotView;

/// Turns keys and mouse into what a plot does; PlotView's comment lists them. A page that wants to know which point was chosen
/// finds this as the plot's child.
class PlotInput final : public QObject {
    Q_OBJECT

public:
    /// Listens to the plot's keys and to the mouse on its `surface`.
    PlotInput(PlotView* view, QWidget* surface);
    [[nodiscard]] bool isSelecting() const;

Q_SIGNALS:
    void activated(double x); ///< Enter or a click while the crosshair is on the point at `x`

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool surfaceEvent(QEvent* event);
    bool press(const QMouseEvent& event);
    bool move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    bool wheel(const QWheelEvent& event);
    bool activate();
    bool key(const QKeyEvent& event);
    [[nodiscard]] bool isOnMark(const QPoint& place) const;

    PlotView* m_view;
    QWidget* m_surface;
    QRubberBand* m_rubberBand;
    QPoint m_pressed;
    bool m_dragsMark = false;
};

} // namespace lori::ui
