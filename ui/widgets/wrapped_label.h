// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QLabel>

namespace lori::ui {

/// A label that takes as many lines as its text needs, for the sentences of dialogs.
inline QLabel* wrappedLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

/// A bold label; larger by `scale`.
inline QLabel* headingLabel(QWidget* parent, double scale = 1)
{
    auto* label = new QLabel(parent);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
    label->setWordWrap(true);
    return label;
}

/// A sentence on a ground of its own that says what a picture shows; to be filled by saySentence().
inline QLabel* sentenceLabel(const QString& name, QWidget* parent)
{
    QLabel* label = wrappedLabel(QString(), parent);
    label->setObjectName(name);
    label->setMargin(6);
    label->setAutoFillBackground(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

/// The text on the ground of its tone. To be said again when the palette changes.
inline void saySentence(QLabel& label, const QString& text, Tone tone)
{
    label.setText(text);
    QPalette colours;
    colours.setColor(QPalette::Window, toneFill(tone, label.parentWidget()->palette()));
    label.setPalette(colours);
}

} // namespace lori::ui
