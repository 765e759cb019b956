// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/tour_card.h"

#include "ui/services/tour.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace lori::ui {

TourCard::TourCard(Tour& tour, QWidget* parent) : QFrame(parent), m_tour(tour)
{
    setObjectName(QStringLiteral("tourCard"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_number = new QLabel(this);
    m_number->setObjectName(QStringLiteral("tourNumber"));
    QFont bold = m_number->font();
    bold.setBold(true);
    m_number->setFont(bold);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("tourText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_show = new QPushButton(this);
    m_show->setObjectName(QStringLiteral("tourShow"));
    m_leave = new QPushButton(this);
    m_leave->setObjectName(QStringLiteral("tourLeave"));
    auto* row = new QHBoxLayout(this);
    const int em = fontMetrics().height();
    row->setContentsMargins(em, em / 3, em, em / 3);
    row->addWidget(m_number);
    row->addWidget(m_text, 1);
    row->addWidget(m_show);
    row->addWidget(m_leave);
    connect(m_show, &QPushButton::clicked, this, [this] {
        const bool isLast = m_tour.step() == Tour::Step::Next;
        m_tour.show();
        if (isLast) {
            m_tour.finish();
        }
    });
    connect(m_leave, &QPushButton::clicked, this, [this] {
        if (m_tour.step() == Tour::Step::Next) {
            m_tour.finish();
        } else {
            m_tour.leave();
        }
    });
    connect(&m_tour, &Tour::changed, this, &TourCard::refresh);
    applyColours();
    refresh();
}

QString TourCard::sentence() const
{
    switch (m_tour.step()) {
    case Tour::Step::Open:
        return tr("The small built-in model is ready. Open the form: everything in it is filled in for a first experiment.");
    case Tour::Step::Start:
        return m_tour.wasInterrupted()
                   ? tr("That run ended too early. Press Start again; the run that ended is kept in the history.")
                   : tr("At the right stands what will happen and how long it takes. Press Start; nothing leaves this computer.");
    case Tour::Step::FirstPoint:
        return tr(
            "The run is at work: it reads the model and scores it before it learns. The first point of the curve comes soon.");
    case Tour::Step::Mask:
        return tr(
            "The curve is the loss: the lower it is, the better the model foresees the right answers. Now LoRI-D trains all "
            "of B; then comes the mask.");
    case Tour::Step::Finish:
        return tr(
            "The mask is there: it keeps the few entries of B that matter. LoRI-S trains only those, and then both sides of "
            "safety are scored.");
    case Tour::Step::Try:
        return tr("Done: the scores say before and after. Now ask the model a question, with and without what it has learned.");
    case Tour::Step::Next:
        return tr("That was LoRI once through. Next: train a second task, and merge the two adapters.");
    }
    return {};
}

QString TourCard::showText() const
{
    switch (m_tour.step()) {
    case Tour::Step::Open:
        return tr("Open the form");
    case Tour::Step::Start:
        return tr("Show the form");
    case Tour::Step::FirstPoint:
    case Tour::Step::Mask:
    case Tour::Step::Finish:
        return tr("Show the run");
    case Tour::Step::Try:
        return tr("Ask a question");
    case Tour::Step::Next:
        return tr("Show Merge");
    }
    return {};
}

void TourCard::refresh()
{
    const bool shown = m_tour.state() == Tour::State::AtWork;
    const QString before = m_text->text();
    m_number->setText(tr("Tour, %1 of %2").arg(static_cast<int>(m_tour.step()) + 1).arg(Tour::kSteps));
    m_text->setText(sentence());
    m_show->setText(showText());
    m_leave->setText(m_tour.step() == Tour::Step::Next ? tr("End the tour") : tr("Leave the tour"));
    m_leave->setToolTip(m_tour.step() == Tour::Step::Next
                            ? QString()
                            : tr("Esc while the focus is here. Home and the Help menu take it up again."));
    m_show->setAccessibleName(m_show->text());
    m_leave->setAccessibleName(m_leave->text());
    setAccessibleName(m_number->text());
    setAccessibleDescription(m_text->text());
    setVisible(shown);
    if (shown && m_text->text() != before) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void TourCard::applyColours()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Window, toneFill(Tone::Accent, parentWidget()->palette()));
    if (colours != palette()) {
        setPalette(colours);
    }
}

void TourCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_leave != nullptr) {
        refresh();
    } else if (event->type() == QEvent::ApplicationPaletteChange) {
        setPalette(QPalette());
        applyColours();
    }
}

void TourCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        m_leave->click();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace lori::ui
