// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/how_it_works.h"

#include "ui/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <array>

namespace lori::ui {

namespace {

constexpr int kSteps = 6;
constexpr int kRowOffset = 144; // with it the kept entries of a small B lie well spread

std::array<QString, kSteps> captions()
{
    return {HowItWorks::tr("The model W stays as it is"),
            HowItWorks::tr("A is random and frozen"),
            HowItWorks::tr("LoRI-D trains B"),
            HowItWorks::tr("The mask keeps the largest entries of B"),
            HowItWorks::tr("LoRI-S trains only what was kept"),
            HowItWorks::tr("Such adapters hardly disturb each other")};
}

/// A scatter that looks random and is the same at every painting (mixing of a 32-bit integer by xor, shift and multiply).
unsigned scatter(int row, int column)
{
    unsigned value = static_cast<unsigned>(row + kRowOffset) * 73856093U ^ static_cast<unsigned>(column + 1) * 19349663U;
    for (const unsigned factor : {0x7feb352dU, 0x846ca68bU}) {
        value ^= value >> 16U;
        value *= factor;
    }
    return value ^ (value >> 15U);
}

} // namespace

HowItWorks::HowItWorks(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("howItWorks"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    retranslate();
}

QSize HowItWorks::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 78, fontMetrics().height() * 12};
}

void HowItWorks::retranslate()
{
    setAccessibleName(tr("What LoRI is, in six steps"));
    QStringList spoken;
    for (const QString& caption : captions()) {
        spoken.append(caption);
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    update();
}

void HowItWorks::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void HowItWorks::drawGrid(QPainter& painter, const QRectF& area, int columns, int rows, int keepOneIn, const QColor& ink) const
{
    const double cell = std::min(area.width() / columns, area.height() / rows);
    const QPointF origin(area.center().x() - cell * columns / 2, area.center().y() - cell * rows / 2);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const bool kept = keepOneIn <= 1 || scatter(row, column) % static_cast<unsigned>(keepOneIn) == 0;
            QColor colour = kept ? ink : palette().color(QPalette::Midlight);
            if (kept) {
                colour.setAlphaF(0.45F + 0.55F * static_cast<float>(scatter(column, row) % 100) / 100);
            }
            painter.setBrush(colour);
            painter.drawRect(QRectF(origin.x() + column * cell, origin.y() + row * cell, cell - 1, cell - 1));
        }
    }
}

void HowItWorks::drawPadlock(QPainter& painter, const QPointF& at, double size) const
{
    const QColor ink = palette().color(QPalette::WindowText);
    painter.setPen(QPen(ink, size / 7));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(at.x() - size * 0.3, at.y() - size * 0.55, size * 0.6, size * 0.7), 0, 180 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawRoundedRect(QRectF(at.x() - size * 0.45, at.y() - size * 0.2, size * 0.9, size * 0.65), size * 0.1, size * 0.1);
}

void HowItWorks::drawStep(QPainter& painter, int step, const QRectF& area) const
{
    const QColor quiet = palette().color(QPalette::PlaceholderText);
    const QColor accent = toneColour(Tone::Accent, palette());
    const QColor good = toneColour(Tone::Good, palette());
    const QColor caution = toneColour(Tone::Caution, palette());
    const QRectF square(area.center().x() - area.height() / 2, area.top(), area.height(), area.height());
    const QRectF tall(area.center().x() - area.height() * 0.22, area.top(), area.height() * 0.44, area.height());
    const double lock = area.height() * 0.3;
    painter.setPen(Qt::NoPen);
    switch (step) {
    case 0:
        drawGrid(painter, square, 10, 10, 1, quiet);
        drawPadlock(painter, square.bottomRight() + QPointF(lock * 0.3, -lock * 0.4), lock);
        break;
    case 1:
        drawGrid(painter, QRectF(square.left(), square.center().y() - area.height() * 0.22, square.width(), area.height() * 0.44),
                 10, 4, 1, quiet);
        drawPadlock(painter, QPointF(square.right() + lock * 0.3, square.center().y() + lock * 0.5), lock);
        break;
    case 2:
        drawGrid(painter, tall, 4, 10, 1, accent);
        break;
    case 3:
        drawGrid(painter, tall, 4, 10, 6, accent);
        break;
    case 4:
        drawGrid(painter, tall, 4, 10, 6, good);
        break;
    default: {
        const double width = area.height() * 0.44;
        drawGrid(painter, tall.translated(-width * 0.75, 0), 4, 10, 6, good);
        painter.setPen(quiet);
        painter.drawText(QRectF(area.center().x() - width, area.top(), width * 2, area.height()), Qt::AlignCenter,
                         QStringLiteral("+"));
        painter.setPen(Qt::NoPen);
        drawGrid(painter, tall.translated(width * 0.75, 0), 4, 10, 5, caution);
        break;
    }
    }
}

void HowItWorks::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto words = captions();
    const double width = static_cast<double>(this->width()) / kSteps;
    const double em = fontMetrics().height();
    const double text = em * 3.4;
    for (int step = 0; step < kSteps; ++step) {
        const QRectF cell(step * width, 0, width, height());
        drawStep(painter, step, QRectF(cell.left() + em / 2, em / 2, cell.width() - em, cell.height() - text - em));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRectF(cell.left() + 4, cell.bottom() - text, cell.width() - 8, text),
                         Qt::AlignHCenter | Qt::TextWordWrap,
                         QStringLiteral("%1  %2").arg(step + 1).arg(words.at(static_cast<std::size_t>(step))));
    }
}

} // namespace lori::ui
