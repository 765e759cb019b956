// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/card_button.h"

#include "ui/theme.h"

#include <QPainter>

namespace lori::ui {

CardButton::CardButton(QWidget* parent) : QAbstractButton(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void CardButton::setWords(const QString& title, const QString& sentence)
{
    setText(title);
    m_sentence = sentence;
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setToolTip(sentence);
    update();
}

QSize CardButton::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 22, fontMetrics().height() * 13 / 2};
}

void CardButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = toneColour(Tone::Accent, palette());
    const bool marked = hasFocus() || underMouse() || isDown();
    painter.setPen(QPen(marked ? accent : palette().color(QPalette::Mid), hasFocus() ? 2 : 1));
    painter.setBrush(isDown() || underMouse() ? toneFill(Tone::Accent, palette()) : palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);

    const int em = fontMetrics().height();
    const QRect inner = rect().adjusted(em, em * 3 / 4, -em, -em / 2);
    const int side = em * 5 / 3;
    icon().paint(&painter, QRect(inner.left(), inner.top(), side, side), Qt::AlignCenter,
                 isEnabled() ? QIcon::Normal : QIcon::Disabled);
    QFont title = font();
    title.setBold(true);
    title.setPointSizeF(title.pointSizeF() * 1.15);
    painter.setFont(title);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(inner.left() + side + em / 2, inner.top(), inner.width() - side - em / 2, side),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, text());
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(inner.adjusted(0, side + em / 2, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_sentence);
}

} // namespace lori::ui
