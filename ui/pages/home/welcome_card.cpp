// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/welcome_card.h"

#include "ui/services/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lori::ui {

WelcomeCard::WelcomeCard(Tour& tour, QWidget* parent) : Card(parent), m_tour(tour)
{
    setObjectName(QStringLiteral("welcomeCard"));
    m_title = new QLabel(this);
    QFont font = m_title->font();
    font.setBold(true);
    m_title->setFont(font);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("welcomeText"));
    m_text->setWordWrap(true);
    m_begin = new QPushButton(this);
    m_begin->setObjectName(QStringLiteral("beginTour"));
    m_notNow = new QPushButton(this);
    m_notNow->setObjectName(QStringLiteral("declineTour"));
    connect(m_begin, &QPushButton::clicked, &m_tour, &Tour::begin);
    connect(m_notNow, &QPushButton::clicked, &m_tour, &Tour::finish);
    connect(&m_tour, &Tour::changed, this, &WelcomeCard::refresh);
    auto* words = new QVBoxLayout;
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->addLayout(words, 1);
    row->addWidget(m_begin);
    row->addWidget(m_notNow);
    refresh();
}

void WelcomeCard::setHasRuns(bool hasRuns)
{
    m_hasRuns = hasRuns;
    refresh();
}

void WelcomeCard::refresh()
{
    const bool isLeft = m_tour.state() == Tour::State::Left;
    m_title->setText(isLeft ? tr("The five-minute tour") : tr("Welcome"));
    m_text->setText(isLeft ? tr("You left it at step %1 of %2.").arg(static_cast<int>(m_tour.step()) + 1).arg(Tour::kSteps)
                           : tr("Try the built-in model: in about five minutes you train it, see what changed, and ask it a "
                                "question. Everything stays on this computer, and no network is needed."));
    m_begin->setText(isLeft ? tr("&Go on with the tour") : tr("&Show me: the five-minute tour"));
    m_notNow->setText(tr("Not now"));
    m_notNow->setToolTip(tr("The Help menu has the tour, too"));
    setVisible(isLeft || (m_tour.state() == Tour::State::Never && !m_hasRuns));
}

void WelcomeCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_notNow != nullptr) {
        refresh();
    }
}

} // namespace lori::ui
