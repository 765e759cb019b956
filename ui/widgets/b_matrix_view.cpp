// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/b_matrix_view.h"

#include "ui/widgets/b_matrix_image.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace lori::ui {

BMatrixView::BMatrixView(QWidget* parent) : EntryPicture(parent)
{
    setObjectName(QStringLiteral("bMatrixView"));
    setAccessibleName(tr("Entries of one B matrix"));
    setMargins(5.5, 4);
}

void BMatrixView::setMatrix(BMatrix matrix)
{
    m_matrix = std::move(matrix);
    m_sums = sumsOf(m_matrix);
    setShape(m_matrix.out, m_matrix.rank);
}

QImage BMatrixView::makeImage() const
{
    return imageOf(m_matrix, palette());
}

QString BMatrixView::entryText(QPoint entry) const
{
    QString state = m_matrix.isKept(entry.x(), entry.y()) ? tr("kept") : tr("dropped");
    if (m_matrix.magnitude.empty()) {
        return state;
    }
    return tr("|b| = %1, %2").arg(QLocale().toString(m_matrix.value(entry.x(), entry.y()), 'g', 5), state);
}

void BMatrixView::paintBeside(QPainter& painter) const
{
    const double line = QFontMetricsF(font()).height();
    const QColor bar = keptColour(0.35, palette());
    painter.save();
    painter.setClipRect(QRectF(area().left(), area().bottom(), area().width(), line * 4));
    // One bar a pixel column: the mean of the output rows that fall on it.
    const double depth = line * 2.2;
    const double top = area().bottom() + 4;
    for (int pixel = 0; pixel < static_cast<int>(area().width()); ++pixel) {
        const double inside = area().left() + pixel - offset().x();
        const auto first = static_cast<std::int64_t>(inside / cellSize().width());
        const auto last = std::max(first, static_cast<std::int64_t>((inside + 1) / cellSize().width()) - 1);
        double sum = 0;
        std::int64_t count = 0;
        for (std::int64_t o = first; o <= last && o < m_matrix.out; ++o, ++count) {
            sum += static_cast<double>(m_sums.perOut[static_cast<std::size_t>(o)]);
        }
        if (count > 0) {
            const double share = sum / static_cast<double>(count) / static_cast<double>(m_matrix.rank);
            painter.fillRect(QRectF(area().left() + pixel, top, 1, share * depth), bar);
        }
    }
    painter.restore();
    painter.save();
    painter.setClipRect(QRectF(area().right(), area().top(), line * 4, area().height()));
    for (std::int64_t r = 0; r < m_matrix.rank; ++r) {
        const QRectF cell = entryRect({0, static_cast<int>(r)});
        const double share = static_cast<double>(m_sums.perRank[static_cast<std::size_t>(r)]) / static_cast<double>(m_matrix.out);
        painter.fillRect(QRectF(area().right() + 4, cell.top() + 0.5, share * line * 3, std::max(1.0, cell.height() - 1)), bar);
    }
    painter.restore();
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(area().left(), top + depth, area().width(), line * 1.4), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Bars: share kept of each output row (below) and of each rank (right)"));
    paintLegend(painter, {area().left(), top + depth + line * 1.4, area().width(), line * 1.2});
}

void BMatrixView::paintLegend(QPainter& painter, QRectF place) const
{
    const QFontMetricsF metrics(font());
    const bool sized = !m_matrix.magnitude.empty();
    const auto item = [&](QColor (*colour)(double, const QPalette&), double unsized, const QString& text) {
        constexpr int kShades = 24;
        const double shade = metrics.height() * 3 / kShades;
        for (int i = 0; i < kShades; ++i) {
            const double relative = sized ? i / (kShades - 1.0) : unsized;
            painter.fillRect(
                QRectF(place.left() + i * shade, place.top() + place.height() * 0.2, shade + 0.5, place.height() * 0.6),
                colour(relative, palette()));
        }
        place.setLeft(place.left() + metrics.height() * 3.4);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
        place.setLeft(place.left() + metrics.horizontalAdvance(text) + metrics.height());
    };
    item(keptColour, 1, sized ? tr("kept, small to large |b|") : tr("kept"));
    item(droppedColour, 0, sized ? tr("left out, likewise") : tr("dropped"));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, tr("The wheel, + and − zoom"));
}

void BMatrixView::changeEvent(QEvent* event)
{
    EntryPicture::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Entries of one B matrix"));
    }
}

} // namespace lori::ui
