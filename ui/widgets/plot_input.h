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

/// Turns keys and mouse into what a plot does; PlotView's comment lists them.
class PlotInput final : public QObject {
    Q_OBJECT

public:
    /// Listens to the plot's keys and to the mouse on its `surface`.
    PlotInput(PlotView* view, QWidget* surface);
    [[nodiscard]] bool isSelecting() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool surfaceEvent(QEvent* event);
    bool press(const QMouseEvent& event);
    bool move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    bool wheel(const QWheelEvent& event);
    bool key(const QKeyEvent& event);

    PlotView* m_view;
    QWidget* m_surface;
    QRubberBand* m_rubberBand;
    QPoint m_pressed;
};

} // namespace lori::ui
