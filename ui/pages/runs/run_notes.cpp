// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_notes.h"

#include "ui/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace lori::ui {

RunNotes::RunNotes(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("runNotes"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(2);
    hide();
}

void RunNotes::clear()
{
    m_remarks.clear();
    m_standing = {};
    rebuild();
}

void RunNotes::append(const std::vector<HealthRemark>& remarks)
{
    if (!remarks.empty()) {
        m_remarks.insert(m_remarks.end(), remarks.begin(), remarks.end());
        rebuild();
    }
}

void RunNotes::setStanding(Tone tone, const QString& text)
{
    if (m_standing.text != text || m_standing.tone != tone) {
        m_standing = {"", tone, text};
        rebuild();
    }
}

void RunNotes::rebuild()
{
    const auto old = findChildren<QWidget*>(QStringLiteral("runNote"), Qt::FindDirectChildrenOnly);
    for (QWidget* line : old) {
        m_column->removeWidget(line);
        line->hide();
        line->deleteLater();
    }
    std::vector<HealthRemark> shown = m_remarks;
    if (!m_standing.text.isEmpty()) {
        shown.insert(shown.begin(), m_standing);
    }
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    for (const HealthRemark& remark : shown) {
        auto* line = new QFrame(this);
        line->setObjectName(QStringLiteral("runNote"));
        line->setAutoFillBackground(true);
        QPalette colours = palette();
        colours.setColor(QPalette::Window, toneFill(remark.tone, palette()));
        line->setPalette(colours);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(8, 4, 8, 4);
        auto* symbol = new QLabel(line);
        const QString name = remark.tone == Tone::Accent ? QStringLiteral("info") : QStringLiteral("warning");
        symbol->setPixmap(icon(name).pixmap(QSize(side, side), devicePixelRatioF()));
        auto* text = new QLabel(remark.text, line);
        text->setObjectName(QStringLiteral("runNoteText"));
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(symbol, 0, Qt::AlignTop);
        row->addWidget(text, 1);
        m_column->addWidget(line);
    }
    setVisible(!shown.empty());
}

void RunNotes::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) {
        rebuild();
    }
}

} // namespace lori::ui
