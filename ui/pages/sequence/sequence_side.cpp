// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/sequence_side.h"

#include "ui/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

constexpr int kProblemLines = 8;

QLabel* heading(QWidget* parent)
{
    auto* label = new QLabel(parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

SequenceSide::SequenceSide(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("sequenceSide"));
    auto* body = new QWidget(this);
    m_title = heading(body);
    m_stateIcon = new QLabel(body);
    m_state = new QLabel(body);
    m_state->setObjectName(QStringLiteral("sequenceState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    auto* state = new QHBoxLayout;
    state->addWidget(m_stateIcon, 0, Qt::AlignTop);
    state->addWidget(m_state, 1);
    m_problems = new QListWidget(body);
    m_problems->setObjectName(QStringLiteral("sequenceProblems"));
    m_problems->setWordWrap(true);
    m_problems->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_problems->setFixedHeight(fontMetrics().height() * kProblemLines);
    const auto choose = [this](const QListWidgetItem* item) {
        Q_EMIT problemChosen(item->data(Qt::UserRole).toString());
    };
    connect(m_problems, &QListWidget::itemActivated, this, choose);
    connect(m_problems, &QListWidget::itemClicked, this, choose);
    m_factLines = new QVBoxLayout;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_title);
    column->addLayout(state);
    column->addWidget(m_problems);
    column->addLayout(m_factLines);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("sequenceSideScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    m_buttonLines = new QVBoxLayout;
    auto* outer = new QVBoxLayout(this);
    outer->addWidget(scroll, 1);
    outer->addLayout(m_buttonLines);
}

void SequenceSide::show(const Content& content)
{
    m_content = content;
    showContent();
}

void SequenceSide::showContent()
{
    setAccessibleName(m_content.title);
    m_title->setText(m_content.title);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_stateIcon->setPixmap(icon(m_content.stateIcon).pixmap(QSize(side, side), devicePixelRatioF()));
    m_stateIcon->setVisible(!m_content.state.isEmpty());
    m_state->setText(m_content.state);
    m_problems->setAccessibleName(tr("Problems"));
    m_problems->clear();
    for (const Problem& problem : m_content.problems) {
        auto* item = new QListWidgetItem(problem.text, m_problems);
        item->setData(Qt::UserRole, problem.path);
        item->setToolTip(problem.text);
    }
    m_problems->setVisible(!m_content.problems.empty());
    showFacts();
    showActions();
}

void SequenceSide::showFacts()
{
    while (m_facts.size() < m_content.facts.size()) {
        QWidget* body = m_title->parentWidget();
        auto* title = heading(body);
        title->setWordWrap(true);
        auto* text = new QLabel(body);
        text->setObjectName(QStringLiteral("sequenceFact.%1").arg(m_facts.size()));
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        m_factLines->addSpacing(fontMetrics().height() / 2);
        m_factLines->addWidget(title);
        m_factLines->addWidget(text);
        m_facts.emplace_back(title, text);
    }
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        const bool isUsed = i < m_content.facts.size();
        m_facts[i].first->setVisible(isUsed);
        m_facts[i].second->setVisible(isUsed);
        if (isUsed) {
            m_facts[i].first->setText(m_content.facts[i].title);
            m_facts[i].second->setText(m_content.facts[i].text);
        }
    }
}

/// Buttons are kept, so that the focus stays; the primary one is the lowest, on the same place in every state.
void SequenceSide::showActions()
{
    while (m_buttons.size() < m_content.actions.size()) {
        const std::size_t place = m_buttons.size();
        auto* button = new QPushButton(this);
        if (place == 0) {
            QFont bold = button->font();
            bold.setBold(true);
            button->setFont(bold);
            button->setMinimumHeight(fontMetrics().height() * 2);
        }
        connect(button, &QPushButton::clicked, this, [this, place] {
            if (place < m_content.actions.size()) {
                Q_EMIT pressed(m_content.actions[place].name);
            }
        });
        m_buttonLines->insertWidget(0, button);
        m_buttons.push_back(button);
    }
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool isUsed = i < m_content.actions.size();
        m_buttons[i]->setVisible(isUsed);
        if (!isUsed) {
            m_buttons[i]->setObjectName(QStringLiteral("sequenceUnused.%1").arg(i));
            continue;
        }
        const Action& action = m_content.actions[i];
        m_buttons[i]->setObjectName(action.name);
        m_buttons[i]->setText(action.text);
        m_buttons[i]->setAccessibleName(action.text);
        m_buttons[i]->setIcon(action.iconName.isEmpty() ? QIcon() : icon(action.iconName));
        m_buttons[i]->setEnabled(action.enabled);
        m_buttons[i]->setToolTip(action.tip);
    }
}

void SequenceSide::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_problems != nullptr) {
        showContent();
    }
}

} // namespace lori::ui
