// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/owner_legend.h"

#include "ui/models/mask_words.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/owner_look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

#include <numeric>

namespace lori::ui {
namespace {

QPixmap sample(const OwnerLook& look, const QWidget& widget)
{
    const int height = widget.fontMetrics().height();
    QPixmap picture(QSize(height * 2, height) * widget.devicePixelRatioF());
    picture.setDevicePixelRatio(widget.devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const QRectF box(0.5, 0.5, height * 2 - 1, height - 1);
    paintOwner(painter, box, look);
    painter.setPen(widget.palette().color(QPalette::Text));
    painter.drawRect(box);
    return picture;
}

} // namespace

OwnerLegend::OwnerLegend(QWidget* parent) : QWidget(parent)
{
    auto* layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void OwnerLegend::setCounts(QStringList masks, std::vector<std::int64_t> counts)
{
    m_masks = std::move(masks);
    m_counts = std::move(counts);
    rebuild();
}

QString OwnerLegend::textOf(std::size_t group) const
{
    const double all = static_cast<double>(std::accumulate(m_counts.begin(), m_counts.end(), std::int64_t{0}));
    const auto count = m_counts[group];
    return tr("%1: %2 (%3)", "group, entries, share")
        .arg(OwnerWords::group(static_cast<int>(group), m_masks), QLocale().toString(static_cast<qlonglong>(count)),
             percentText(all > 0 ? static_cast<double>(count) / all : 0));
}

QString OwnerLegend::text() const
{
    QStringList texts;
    for (std::size_t group = 0; group < m_counts.size(); ++group) {
        texts << textOf(group);
    }
    return texts.join(QStringLiteral("; "));
}

void OwnerLegend::rebuild()
{
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(text());
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    const int masks = static_cast<int>(m_masks.size());
    for (std::size_t group = 0; group < m_counts.size(); ++group) {
        if (static_cast<int>(group) > masks && masks < 2) {
            continue; // one mask alone shares nothing
        }
        auto* item = new QWidget(this);
        auto* picture = new QLabel(item);
        picture->setPixmap(sample(ownerLook(static_cast<int>(group), masks, palette()), *this));
        auto* words = new QLabel(textOf(group), item);
        words->setObjectName(QStringLiteral("legendText%1").arg(group));
        auto* line = new QHBoxLayout(item);
        line->setContentsMargins(0, 0, fontMetrics().height() / 2, 0);
        line->addWidget(picture);
        line->addWidget(words);
        layout()->addWidget(item);
        item->show();
    }
    updateGeometry();
}

void OwnerLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        rebuild();
    }
}

} // namespace lori::ui
