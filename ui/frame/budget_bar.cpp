// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/budget_bar.h"

#include "ui/text.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <array>

namespace lori::ui {

namespace {

constexpr std::array<const char*, 3> kNames{"LoRA", "LoRI-D", "LoRI-S"};

} // namespace

BudgetBar::BudgetBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("budgetBar"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BudgetBar::setBudget(const experiment::Figure& lora, const experiment::Figure& loriD, const experiment::Figure& loriS)
{
    m_figures[0] = lora;
    m_figures[1] = loriD;
    m_figures[2] = loriS;
    m_known = true;
    setAccessibleName(tr("Trainable parameters"));
    setAccessibleDescription(
        tr("LoRA %1, LoRI-D %2, LoRI-S %3").arg(Text::count(lora.value), Text::count(loriD.value), Text::count(loriS.value)));
    update();
}

void BudgetBar::clear()
{
    m_known = false;
    update();
}

QSize BudgetBar::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 32, fontMetrics().height() * 13 / 2};
}

QSize BudgetBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 13 / 2};
}

QRect BudgetBar::rowRect(int row) const
{
    const int height = this->height() / 3;
    return {0, row * height, width(), height};
}

void BudgetBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double most = std::max({m_figures[0].value, m_figures[1].value, m_figures[2].value, 1.0});
    const std::array<Tone, 3> tones{Tone::Quiet, Tone::Accent, Tone::Good};
    for (int row = 0; row < 3; ++row) {
        const auto at = static_cast<std::size_t>(row);
        const QRect area = rowRect(row);
        const int line = fontMetrics().height();
        painter.setPen(palette().color(QPalette::WindowText));
        const QRect text(area.left(), area.top(), area.width(), line);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, QString::fromLatin1(kNames.at(at)));
        painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter,
                         m_known ? Text::count(m_figures[row].value) : QStringLiteral("–"));
        const QRectF groove(area.left() + 0.5, area.top() + line + 1.5, area.width() - 1, line * 0.55);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Midlight));
        painter.drawRoundedRect(groove, 3, 3);
        if (m_known && m_figures[row].value > 0) {
            QRectF bar = groove;
            bar.setWidth(std::max(4.0, groove.width() * m_figures[row].value / most));
            painter.setBrush(toneColour(tones.at(at), palette()));
            painter.drawRoundedRect(bar, 3, 3);
        }
    }
}

bool BudgetBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_known) {
        const auto* help = dynamic_cast<QHelpEvent*>(event);
        for (int row = 0; help != nullptr && row < 3; ++row) {
            if (rowRect(row).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), QString::fromStdString(m_figures[row].formula), this);
            }
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace lori::ui
