// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_legend.h"

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/plot_view.h"

#include <QPainter>
#include <QToolButton>

namespace lori::ui {
namespace {

QIcon sampleIcon(const PlotStyle& style, const QWidget& widget)
{
    const int height = widget.fontMetrics().height();
    const QSize size(height * 2, height);
    QPixmap pixmap(size * widget.devicePixelRatioF());
    pixmap.setDevicePixelRatio(widget.devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    PlotStyle shown = style;
    shown.faint = false;
    if (style.faint) { // a faint line of the legend's size would vanish
        shown.marker = PlotMarker::None;
    }
    painter.setOpacity(style.faint ? 0.55 : 1.0);
    paintSample(painter, QRectF(QPointF(0, 0), size), shown, widget.palette());
    return QIcon(pixmap);
}

} // namespace

PlotLegend::PlotLegend(PlotView* view, QWidget* parent) : QWidget(parent), m_view(view)
{
    setObjectName(QStringLiteral("plotLegend"));
    setAccessibleName(tr("Curves shown"));
    new FlowLayout(this);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(view, &PlotView::seriesChanged, this, &PlotLegend::rebuild);
    rebuild();
}

void PlotLegend::rebuild()
{
    // Buttons are re-used by position so that keyboard focus stays where it is when a curve is toggled.
    QList<QToolButton*> buttons = findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    const auto button = [&](std::size_t index) {
        if (index < static_cast<std::size_t>(buttons.size())) {
            return buttons[static_cast<qsizetype>(index)];
        }
        auto* made = new QToolButton(this);
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        made->setAutoRaise(true);
        made->setCheckable(true);
        connect(made, &QToolButton::clicked, this,
                [this, made](bool on) { m_view->setSeriesVisible(made->property("seriesId").toString(), on); });
        layout()->addWidget(made);
        made->show();
        buttons.append(made);
        return made;
    };
    std::size_t index = 0;
    const auto fill = [&](const QString& id, const QString& name, const PlotStyle& style, bool on) {
        QToolButton* one = button(index++);
        one->setIconSize(QSize(fontMetrics().height() * 2, fontMetrics().height()));
        one->setIcon(sampleIcon(style, *this));
        one->setText(name);
        one->setProperty("seriesId", id);
        one->setObjectName(QStringLiteral("legend_") + (id.isEmpty() ? name : id));
        one->setAccessibleName(tr("Curve %1").arg(name));
        one->setCheckable(!id.isEmpty()); // a reference line can only be read, not switched
        one->setFocusPolicy(id.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
        one->setChecked(on);
        one->setToolTip(id.isEmpty() ? name : tr("Show or hide %1").arg(name));
    };
    for (const PlotSeries& series : m_view->series()) {
        fill(series.id, series.name, series.style, series.visible);
    }
    for (const PlotReference& reference : m_view->references()) {
        PlotStyle style = reference.style;
        style.dash = PlotDash::Dash;
        style.marker = PlotMarker::None;
        fill(QString(), reference.name, style, false);
    }
    while (static_cast<std::size_t>(buttons.size()) > index) {
        buttons.takeLast()->deleteLater();
    }
    updateGeometry();
}

} // namespace lori::ui
