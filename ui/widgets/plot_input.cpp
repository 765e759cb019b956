// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_input.h"

#include "ui/widgets/plot_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QRubberBand>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace lori::ui {

PlotInput::PlotInput(PlotView* view, QWidget* surface)
    : QObject(view), m_view(view), m_surface(surface), m_rubberBand(new QRubberBand(QRubberBand::Rectangle, surface))
{
    m_rubberBand->setObjectName(QStringLiteral("plotSelection"));
    surface->setMouseTracking(true);
    surface->installEventFilter(this);
    view->installEventFilter(this);
}

bool PlotInput::isSelecting() const
{
    return m_rubberBand->isVisible();
}

bool PlotInput::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_surface) {
        return surfaceEvent(event);
    }
    if (event->type() == QEvent::KeyPress) {
        return key(*static_cast<QKeyEvent*>(event));
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        m_surface->update(); // the focus frame
    }
    return false;
}

bool PlotInput::surfaceEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        return press(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        return move(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return release(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonDblClick:
        m_view->resetZoom();
        return true;
    case QEvent::Wheel:
        return wheel(*static_cast<QWheelEvent*>(event));
    case QEvent::Leave:
        if (!m_view->hasFocus()) { // with focus, the crosshair belongs to the keyboard
            m_view->hideCrosshair();
        }
        return false;
    default:
        return false;
    }
}

bool PlotInput::isOnMark(const QPoint& place) const
{
    constexpr double kReach = 5; // pixels beside the line
    const auto mark = m_view->movableMark();
    return mark && m_view->frame().area.contains(place) &&
           std::abs(m_view->frame().toPixel(*mark, m_view->frame().range.yMin).x() - place.x()) <= kReach;
}

bool PlotInput::press(const QMouseEvent& event)
{
    m_view->setFocus(Qt::MouseFocusReason);
    m_pressed = event.pos();
    m_dragsMark = event.button() == Qt::LeftButton && isOnMark(event.pos());
    return true;
}

bool PlotInput::move(const QMouseEvent& event)
{
    const PlotFrame& frame = m_view->frame();
    if (m_dragsMark && (event.buttons() & Qt::LeftButton) != 0) {
        Q_EMIT m_view->markMoved(std::clamp(frame.xAt(event.pos().x()), frame.range.xMin, frame.range.xMax));
        return true;
    }
    if (isOnMark(event.pos()) && event.buttons() == Qt::NoButton) {
        m_surface->setCursor(Qt::SplitHCursor);
    } else {
        m_surface->unsetCursor();
    }
    if ((event.buttons() & Qt::LeftButton) != 0) {
        m_rubberBand->setGeometry(QRect(m_pressed, event.pos()).normalized());
        m_rubberBand->setVisible((event.pos() - m_pressed).manhattanLength() > 6);
    } else if ((event.buttons() & Qt::MiddleButton) != 0) {
        const QPoint moved = event.pos() - m_pressed;
        m_pressed = event.pos();
        m_view->pan(-moved.x() / std::max(1.0, frame.area.width()), moved.y() / std::max(1.0, frame.area.height()));
    } else if (frame.area.contains(event.pos())) {
        m_view->pointAt(frame.xAt(event.pos().x()));
    }
    return true;
}

bool PlotInput::release(const QMouseEvent& event)
{
    const PlotFrame& frame = m_view->frame();
    if (event.button() == Qt::LeftButton && m_dragsMark) {
        m_dragsMark = false;
        return true;
    }
    if (event.button() == Qt::LeftButton && m_rubberBand->isVisible()) {
        const QRectF box = QRectF(m_rubberBand->geometry()).intersected(frame.area);
        m_rubberBand->hide();
        if (box.width() > 4 && box.height() > 4) {
            m_view->zoomTo({frame.xAt(box.left()), frame.xAt(box.right()), frame.yAt(box.bottom()), frame.yAt(box.top())});
        }
    } else if (event.button() == Qt::LeftButton && frame.area.contains(event.pos())) {
        m_view->pointAt(frame.xAt(event.pos().x()));
        activate();
    }
    return true;
}

bool PlotInput::activate()
{
    if (m_view->crosshair()) {
        Q_EMIT activated(*m_view->crosshair());
    }
    return m_view->crosshair().has_value();
}

bool PlotInput::wheel(const QWheelEvent& event)
{
    const PlotFrame& frame = m_view->frame();
    const QPointF at = event.position();
    const bool asked = (event.modifiers() & Qt::ControlModifier) != 0 || m_view->hasFocus();
    const bool zooms = asked && event.angleDelta().y() != 0 && frame.area.contains(at);
    if (zooms) {
        m_view->zoomAt(std::pow(1.0015, event.angleDelta().y()), frame.xAt(at.x()), frame.yAt(at.y()));
    }
    return zooms; // else the wheel scrolls whatever the plot is in
}

bool PlotInput::key(const QKeyEvent& event)
{
    const bool pans = (event.modifiers() & Qt::ControlModifier) != 0;
    const int points = (event.modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1;
    const PlotFrame& frame = m_view->frame();
    const bool isSideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    if (isSideways && (event.modifiers() & Qt::AltModifier) != 0) {
        Q_EMIT m_view->markStepped(event.key() == Qt::Key_Left ? -points : points);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Left:
        pans ? m_view->pan(-0.1, 0) : m_view->stepCrosshair(-points);
        return true;
    case Qt::Key_Right:
        pans ? m_view->pan(0.1, 0) : m_view->stepCrosshair(points);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_view->zoomBy(1.25);
        return true;
    case Qt::Key_Minus:
        m_view->zoomBy(0.8);
        return true;
    case Qt::Key_Home:
        m_view->resetZoom();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return activate();
    case Qt::Key_End:
        m_view->pointAt(frame.range.xMax);
        return true;
    case Qt::Key_Escape:
        if (m_view->crosshair()) {
            m_view->hideCrosshair();
            return true;
        }
        return false;
    default:
        return false;
    }
}

} // namespace lori::ui
