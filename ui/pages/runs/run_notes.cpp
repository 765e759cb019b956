// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_notes.h"

#include "ui/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
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

void RunNotes::setPossible(bool atWork, const std::set<Remedy>& possible)
{
    if (m_atWork != atWork || m_possible != possible) {
        m_atWork = atWork;
        m_possible = possible;
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
    for (const HealthRemark& remark : shown) {
        m_column->addWidget(line(remark));
    }
    setVisible(!shown.empty());
}

QWidget* RunNotes::line(const HealthRemark& remark)
{
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
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
    if (const Remedy remedy = HealthNotes::remedy(remark.code, m_atWork); m_possible.count(remedy) != 0) {
        auto* button = new QPushButton(words(remedy), line);
        button->setObjectName(QStringLiteral("runNoteAction"));
        button->setAccessibleName(words(remedy));
        button->setAccessibleDescription(remark.text);
        connect(button, &QPushButton::clicked, this, [this, remedy] { Q_EMIT remedyAsked(remedy); });
        row->addWidget(button, 0, Qt::AlignVCenter);
    }
    return line;
}

QString RunNotes::words(Remedy remedy)
{
    switch (remedy) {
    case Remedy::EndStage:
        return tr("End this stage now");
    case Remedy::ChangeRate:
        return tr("Change the learning rate…");
    case Remedy::GoOnSlower:
        return tr("Go on with a third of it…");
    case Remedy::SetUpAgain:
        return tr("Set it up again…");
    case Remedy::ShowData:
        return tr("Look at the rows");
    case Remedy::ShowMasks:
        return tr("Show the masks");
    case Remedy::CopyReport:
        return tr("Copy the report");
    case Remedy::None:
        break;
    }
    return {};
}

void RunNotes::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::LanguageChange) {
        rebuild();
    }
}

} // namespace lori::ui
