// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/budget_bar.h"

#include "ui/text.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace lori::ui {

BudgetBar::BudgetBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("budgetBar"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BudgetBar::setBudget(std::vector<Row> rows)
{
    const bool resized = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    m_known = true;
    m_lowest = 0;
    m_highest = 1;
    bool isFirst = true;
    for (const Row& row : m_rows) {
        if (row.figure.value >= 1) {
            const double exponent = std::log10(row.figure.value);
            m_lowest = isFirst ? std::floor(exponent) - 1 : std::min(m_lowest, std::floor(exponent) - 1);
            m_highest = isFirst ? exponent : std::max(m_highest, exponent);
            isFirst = false;
        }
    }
    QStringList words;
    for (const Row& row : m_rows) {
        words << tr("%1 %2", "method, parameters").arg(row.name, Text::count(row.figure.value));
    }
    setAccessibleName(tr("Parameters of the base model and of what is trained"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    if (resized) {
        updateGeometry();
    }
    update();
}

void BudgetBar::clear()
{
    m_known = false;
    update();
}

QSize BudgetBar::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 32, minimumSizeHint().height()};
}

QSize BudgetBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * static_cast<int>(13 * m_rows.size()) / 6};
}

QRect BudgetBar::rowRect(std::size_t row) const
{
    const int height = this->height() / static_cast<int>(std::max<std::size_t>(1, m_rows.size()));
    return {0, static_cast<int>(row) * height, width(), height};
}

double BudgetBar::lengthOf(double parameters) const
{
    return parameters < 1 ? 0 : std::clamp((std::log10(parameters) - m_lowest) / (m_highest - m_lowest), 0.0, 1.0);
}

void BudgetBar::paintMarks(QPainter& painter, const QRectF& groove) const
{
    painter.setPen(palette().color(QPalette::Window));
    const double tens = m_highest - m_lowest;
    for (int mark = 1; mark < tens; ++mark) {
        const double x = groove.left() + groove.width() * mark / tens;
        painter.drawLine(QPointF(x, groove.top()), QPointF(x, groove.bottom()));
    }
}

void BudgetBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::array<Tone, 3> tones{Tone::Quiet, Tone::Accent, Tone::Good};
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const double value = m_rows[row].figure.value;
        const QRect area = rowRect(row);
        const int line = fontMetrics().height();
        painter.setPen(palette().color(QPalette::WindowText));
        const QRect text(area.left(), area.top(), area.width(), line);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, m_rows[row].name);
        painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, m_known ? Text::count(value) : QStringLiteral("–"));
        const QRectF groove(area.left() + 0.5, area.top() + line + 1.5, area.width() - 1, line * 0.55);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Midlight));
        painter.drawRoundedRect(groove, 3, 3);
        if (m_known && value > 0) {
            QRectF bar = groove;
            bar.setWidth(std::max(4.0, groove.width() * lengthOf(value)));
            painter.setBrush(toneColour(tones.at(row % tones.size()), palette()));
            painter.drawRoundedRect(bar, 3, 3);
            paintMarks(painter, groove);
        }
    }
}

bool BudgetBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_known) {
        const auto* help = dynamic_cast<QHelpEvent*>(event);
        for (std::size_t row = 0; help != nullptr && row < m_rows.size(); ++row) {
            if (rowRect(row).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), QString::fromStdString(m_rows[row].figure.formula), this);
            }
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace lori::ui
