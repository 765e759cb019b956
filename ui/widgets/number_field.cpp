// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_field.h"

#include "ui/theme.h"

#include <nlohmann/json.hpp>

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace lori::ui {

NumberField::NumberField(TypedNumber::Kind kind, QWidget* parent)
    : QLineEdit(parent), m_kind(kind), m_step(kind == TypedNumber::Kind::Real ? 0 : 1)
{
    setInputMethodHints(Qt::ImhPreferNumbers);
    setFixedWidth(fontMetrics().averageCharWidth() * 18);
    connect(this, &QLineEdit::textEdited, this, &NumberField::tell);
}

void NumberField::setRange(double low, double high)
{
    m_low = low;
    m_high = high;
    m_ranged = true;
}

TypedNumber NumberField::number() const
{
    TypedNumber read = TypedNumber::read(text(), m_kind);
    return m_ranged ? read.within(m_low, m_high) : read;
}

void NumberField::tell()
{
    const TypedNumber typed = number();
    QPalette colours;
    if (!typed.isNumber()) {
        colours = palette();
        colours.setColor(QPalette::Base, toneFill(Tone::Alarm, palette()));
    }
    setPalette(colours);
    if (typed.isNumber()) {
        Q_EMIT numberTyped(typed.json());
    } else {
        Q_EMIT unreadable(text(), typed.problem());
    }
}

void NumberField::showJson(const nlohmann::json& value)
{
    if (value.is_number_integer() && m_kind == TypedNumber::Kind::Whole) { // seeds need all 64 bits
        const QString digits = QString::fromStdString(value.dump());
        if (const TypedNumber now = number(); !now.isNumber() || now.json() != digits) {
            setText(digits);
        }
    } else if (value.is_number()) {
        showValue(value.get<double>());
    }
}

void NumberField::showValue(double value)
{
    // "5e-4" and "0.0005" are the same value: what was typed stays
    const TypedNumber now = TypedNumber::read(text(), m_kind);
    if (!now.isNumber() || now.json().toDouble() != value) {
        setText(TypedNumber::shown(value, m_kind));
    }
}

void NumberField::showTyped(const QString& typed)
{
    if (text() != typed) {
        setText(typed);
    }
}

void NumberField::keyPressEvent(QKeyEvent* event)
{
    const int direction = event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp       ? 1
                          : event->key() == Qt::Key_Down || event->key() == Qt::Key_PageDown ? -1
                                                                                             : 0;
    const TypedNumber now = TypedNumber::read(text(), m_kind);
    if (direction == 0 || m_step == 0 || !now.isNumber() || isReadOnly()) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    const bool page = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    double next = now.typed() + direction * m_step * (page ? 10 : 1);
    if (m_ranged) {
        next = std::clamp(next, m_low, m_high);
    }
    // Percent is shown from a share; rounding here keeps 64.5 + 1 from becoming 65.50000000000001
    next = std::round(next * 1e6) / 1e6;
    setText(TypedNumber::shown(m_kind == TypedNumber::Kind::Percent ? next / 100 : next, m_kind));
    tell();
}

} // namespace lori::ui
