// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"
#include "core/jobs/job_life.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

namespace lori::ui {

namespace {

void setAll(QPalette& palette, QPalette::ColorRole role, const char* active, const char* disabled)
{
    palette.setColor(QPalette::Active, role, QColor(active));
    palette.setColor(QPalette::Inactive, role, QColor(active));
    palette.setColor(QPalette::Disabled, role, QColor(disabled));
}

QPalette lightPalette()
{
    QPalette palette;
    setAll(palette, QPalette::Window, "#f4f5f7", "#f4f5f7");
    setAll(palette, QPalette::WindowText, "#1c2128", "#8b929c");
    setAll(palette, QPalette::Base, "#ffffff", "#f4f5f7");
    setAll(palette, QPalette::AlternateBase, "#f0f2f5", "#f0f2f5");
    setAll(palette, QPalette::Text, "#1c2128", "#8b929c");
    setAll(palette, QPalette::PlaceholderText, "#636a77", "#9aa1ab");
    setAll(palette, QPalette::Button, "#eceef1", "#eceef1");
    setAll(palette, QPalette::ButtonText, "#1c2128", "#8b929c");
    setAll(palette, QPalette::BrightText, "#b3261e", "#b3261e");
    setAll(palette, QPalette::Light, "#ffffff", "#ffffff");
    setAll(palette, QPalette::Midlight, "#e4e7eb", "#e4e7eb");
    setAll(palette, QPalette::Mid, "#c3c8cf", "#c3c8cf");
    setAll(palette, QPalette::Dark, "#9aa1ab", "#9aa1ab");
    setAll(palette, QPalette::Shadow, "#5b626c", "#5b626c");
    setAll(palette, QPalette::Highlight, "#1f5fa8", "#c3c8cf");
    setAll(palette, QPalette::HighlightedText, "#ffffff", "#5b626c");
    setAll(palette, QPalette::Link, "#1a5aa3", "#8b929c");
    setAll(palette, QPalette::LinkVisited, "#6a3d9a", "#8b929c");
    setAll(palette, QPalette::ToolTipBase, "#fffdf2", "#fffdf2");
    setAll(palette, QPalette::ToolTipText, "#1c2128", "#1c2128");
    return palette;
}

QPalette darkPalette()
{
    QPalette palette;
    setAll(palette, QPalette::Window, "#1f2329", "#1f2329");
    setAll(palette, QPalette::WindowText, "#e4e7eb", "#7b838e");
    setAll(palette, QPalette::Base, "#16191e", "#1f2329");
    setAll(palette, QPalette::AlternateBase, "#1c2026", "#1c2026");
    setAll(palette, QPalette::Text, "#e4e7eb", "#7b838e");
    setAll(palette, QPalette::PlaceholderText, "#98a0ab", "#7b838e");
    setAll(palette, QPalette::Button, "#2b3038", "#252a31");
    setAll(palette, QPalette::ButtonText, "#e4e7eb", "#7b838e");
    setAll(palette, QPalette::BrightText, "#ff8a80", "#ff8a80");
    setAll(palette, QPalette::Light, "#3d444e", "#3d444e");
    setAll(palette, QPalette::Midlight, "#343a43", "#343a43");
    setAll(palette, QPalette::Mid, "#4a515c", "#4a515c");
    setAll(palette, QPalette::Dark, "#12151a", "#12151a");
    setAll(palette, QPalette::Shadow, "#000000", "#000000");
    setAll(palette, QPalette::Highlight, "#3a78c2", "#4a515c");
    setAll(palette, QPalette::HighlightedText, "#ffffff", "#98a0ab");
    setAll(palette, QPalette::Link, "#7fb2f0", "#7b838e");
    setAll(palette, QPalette::LinkVisited, "#c3a6e8", "#7b838e");
    setAll(palette, QPalette::ToolTipBase, "#343a43", "#343a43");
    setAll(palette, QPalette::ToolTipText, "#e4e7eb", "#e4e7eb");
    return palette;
}

} // namespace

QString lookName(Look look)
{
    switch (look) {
    case Look::Light:
        return QStringLiteral("light");
    case Look::Dark:
        return QStringLiteral("dark");
    case Look::System:
        break;
    }
    return QStringLiteral("system");
}

Look lookFromName(const QString& name)
{
    return name == QLatin1String("light") ? Look::Light : name == QLatin1String("dark") ? Look::Dark : Look::System;
}

void applyLook(Look look)
{
    if (look == Look::System) {
        QApplication::setPalette(QPalette()); // unset: Qt resolves it from the desktop again
        QToolTip::setPalette(QApplication::palette());
        return;
    }
    if (QApplication::style()->name() != QLatin1String("fusion")) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    }
    const QPalette palette = look == Look::Dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QPalette fields = palette;
    if (look == Look::Dark) { // Fusion draws a field's frame darker than the window: in the dark only a lighter ground shows it
        setAll(fields, QPalette::Base, "#2b3038", "#252a31");
    }
    for (const char* input : {"QLineEdit", "QAbstractSpinBox", "QPlainTextEdit", "QCheckBox", "QRadioButton"}) {
        QApplication::setPalette(fields, input);
    }
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor toneColour(Tone tone, const QPalette& palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Accent:
        return QColor(dark ? "#7fb2f0" : "#1a5aa3");
    case Tone::Good:
        return QColor(dark ? "#6fd39b" : "#19693c");
    case Tone::Caution:
        return QColor(dark ? "#f0b95a" : "#855000");
    case Tone::Alarm:
        return QColor(dark ? "#ff9a90" : "#b3261e");
    case Tone::Quiet:
        break;
    }
    return palette.color(QPalette::PlaceholderText);
}

QColor toneFill(Tone tone, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor ink = toneColour(tone, palette);
    const double share = isDark(palette) ? 0.16 : 0.09;
    return QColor::fromRgbF(static_cast<float>(base.redF() * (1 - share) + ink.redF() * share),
                            static_cast<float>(base.greenF() * (1 - share) + ink.greenF() * share),
                            static_cast<float>(base.blueF() * (1 - share) + ink.blueF() * share));
}

Tone toneOf(jobs::JobState state)
{
    switch (state) {
    case jobs::JobState::Running:
        return Tone::Accent;
    case jobs::JobState::Finished:
        return Tone::Good;
    case jobs::JobState::Paused:
    case jobs::JobState::Lost:
        return Tone::Caution;
    case jobs::JobState::Failed:
        return Tone::Alarm;
    case jobs::JobState::Waiting:
    case jobs::JobState::Stopped:
        break;
    }
    return Tone::Quiet;
}

} // namespace lori::ui
