// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_part.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace lori::ui {

MergePart::MergePart(QWidget* parent)
    : Card(parent), m_title(new QLabel(this)), m_waiting(new QLabel(this)), m_body(new QWidget(this))
{
    QFont font = m_title->font();
    font.setBold(true);
    m_title->setFont(font);
    m_waiting->setWordWrap(true);
    m_waiting->setObjectName(QStringLiteral("waitsFor"));
    paint(m_waiting, Tone::Quiet);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(0, 0, 0, 0);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_waiting);
    layout->addWidget(m_body);
}

void MergePart::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void MergePart::setWaiting(const QString& waitsFor)
{
    m_waiting->setText(waitsFor);
    m_waiting->setVisible(!waitsFor.isEmpty());
    m_body->setVisible(waitsFor.isEmpty());
}

bool MergePart::isOpen() const
{
    return m_body->isVisibleTo(this);
}

QLabel* MergePart::makeLine(const char* objectName)
{
    auto* label = new QLabel(m_body);
    label->setObjectName(QLatin1String(objectName));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus); // its text is its accessible name, and empty at times
    return label;
}

void MergePart::paint(QLabel* label, Tone tone)
{
    QPalette colours;
    colours.setColor(QPalette::WindowText, toneColour(tone, label->parentWidget()->palette()));
    label->setPalette(colours);
}

void MergePart::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_waiting != nullptr) {
        paint(m_waiting, Tone::Quiet);
        recolour();
    }
}

} // namespace lori::ui
