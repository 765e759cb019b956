// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layer_bars.h"

#include "ui/models/mask_words.h"
#include "ui/widgets/accessible_read_out.h"
#include "ui/widgets/plot_data.h"
#include "ui/widgets/plot_style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <map>

namespace lori::ui {
namespace {

double shareOf(const LayerBars::Bar& bar)
{
    return bar.total > 0 ? static_cast<double>(bar.kept) / static_cast<double>(bar.total) : 0;
}

QString barText(const LayerBars::Bar& bar)
{
    return LayerBars::tr("layer %1: %2 kept").arg(bar.layer).arg(percentText(shareOf(bar)));
}

} // namespace

LayerBars::LayerBars(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("layerBars"));
    exposeReadOut(this, QAccessible::Chart, [this] {
        QStringList parts;
        for (const Bar& bar : m_bars) {
            parts << barText(bar);
        }
        return parts.join(QStringLiteral("; "));
    });
    setAccessibleName(tr("Kept share of each layer"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
}

void LayerBars::setSummary(const analysis::MaskSummary& summary)
{
    std::map<std::int64_t, Bar> layers;
    for (const analysis::ModuleKept& module : summary.modules) {
        Bar& bar = layers[module.layer];
        bar.layer = module.layer;
        bar.kept += module.kept;
        bar.total += module.total;
    }
    m_bars.clear();
    m_top = 0;
    for (const auto& [layer, bar] : layers) {
        m_bars.push_back(bar);
        m_top = std::max(m_top, shareOf(bar));
    }
    m_top = m_top > 0 ? std::min(1.0, m_top * 1.15) : 1;
    m_whole = summary.total > 0 ? static_cast<double>(summary.kept) / static_cast<double>(summary.total) : 0;
    update();
}

QRectF LayerBars::area() const
{
    const QFontMetricsF metrics(font());
    const double left = metrics.horizontalAdvance(percentText(0.888)) + 8;
    return QRectF(rect()).adjusted(left, metrics.height() * 0.6, -4, -metrics.height() * 2.4);
}

void LayerBars::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (m_bars.empty()) {
        return;
    }
    const QFontMetricsF metrics(font());
    const QRectF box = area();
    const double slot = box.width() / static_cast<double>(m_bars.size());
    painter.setPen(palette().color(QPalette::WindowText));
    for (const double tick : niceTicks(0, m_top, 3)) {
        const double y = box.bottom() - tick / m_top * box.height();
        painter.drawText(QRectF(0, y - metrics.height() / 2, box.left() - 6, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
                         percentText(tick));
    }
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const double height = shareOf(m_bars[i]) / m_top * box.height();
        const double x = box.left() + static_cast<double>(i) * slot;
        painter.fillRect(QRectF(x + slot * 0.12, box.bottom() - height, slot * 0.76, height), plotColour(0, palette()));
        const auto every = static_cast<std::size_t>(std::max(1.0, metrics.horizontalAdvance(QStringLiteral("888")) / slot + 1));
        if (i % every == 0) {
            painter.drawText(QRectF(x - 20, box.bottom() + 2, slot + 40, metrics.height()), Qt::AlignCenter,
                             QString::number(m_bars[i].layer));
        }
    }
    painter.drawText(QRectF(box.left(), box.bottom() + metrics.height(), box.width(), metrics.height() * 1.2), Qt::AlignCenter,
                     tr("Layer"));
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DashLine));
    const double whole = box.bottom() - m_whole / m_top * box.height();
    painter.drawLine(QPointF(box.left(), whole), QPointF(box.right(), whole));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawLine(box.bottomLeft(), box.bottomRight());
}

bool LayerBars::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_bars.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const double slot = area().width() / static_cast<double>(m_bars.size());
        const auto index = static_cast<std::ptrdiff_t>((help->pos().x() - area().left()) / slot);
        if (index >= 0 && index < static_cast<std::ptrdiff_t>(m_bars.size())) {
            QToolTip::showText(help->globalPos(), barText(m_bars[static_cast<std::size_t>(index)]), this);
            return true;
        }
    }
    return QWidget::event(event);
}

QSize LayerBars::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 18, line * 9};
}

QSize LayerBars::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 10, line * 6};
}

} // namespace lori::ui
