// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/crosshair_group.h"

#include "ui/widgets/plot_view.h"

namespace lori::ui {

void CrosshairGroup::add(PlotView* view)
{
    connect(view, &PlotView::crosshairMoved, this, &CrosshairGroup::setX);
    connect(this, &CrosshairGroup::moved, view, &PlotView::setCrosshair);
    connect(view, &PlotView::zoomed, this, &CrosshairGroup::zoomed);
    connect(this, &CrosshairGroup::zoomed, view, &PlotView::showX); // tells nobody, so the round ends
    view->setCrosshair(m_x);
}

void CrosshairGroup::setX(std::optional<double> x)
{
    if (x != m_x) { // also ends the round: a view that is told its own position says nothing new
        m_x = x;
        Q_EMIT moved(m_x);
    }
}

} // namespace lori::ui
