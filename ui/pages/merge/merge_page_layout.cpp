// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is made of.
#include "ui/pages/merge/adapters_part.h"
#include "ui/pages/merge/interference_part.h"
#include "ui/pages/merge/merge_page.h"
#include "ui/pages/merge/method_part.h"
#include "ui/pages/merge/result_part.h"
#include "ui/pages/merge/scores_part.h"
#include "ui/services/page_router.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lori::ui {

QWidget* MergePage::makeEmpty()
{
    auto* empty = new QWidget(m_stack);
    m_emptyText = new QLabel(empty);
    m_emptyText->setObjectName(QStringLiteral("mergeEmpty"));
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_newExperiment = new QPushButton(empty);
    m_newExperiment->setObjectName(QStringLiteral("mergeNewExperiment"));
    auto* column = new QVBoxLayout(empty);
    column->addStretch(1);
    column->addWidget(m_emptyText);
    column->addWidget(m_newExperiment, 0, Qt::AlignHCenter);
    column->addStretch(2);
    connect(m_newExperiment, &QPushButton::clicked, this, [this] { m_context.pages->go(intents::NewExperiment{}); });
    return empty;
}

QWidget* MergePage::makeParts()
{
    auto* body = new QWidget;
    m_adapters = new MergeAdaptersPart(*m_context.adapters, body);
    m_interference = new MergeInterferencePart(body);
    m_method = new MergeMethodPart(body);
    m_result = new MergeResultPart(m_context, body);
    m_scores = new MergeScoresPart(m_context.home, body);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    for (MergePart* part :
         {static_cast<MergePart*>(m_adapters), static_cast<MergePart*>(m_interference), static_cast<MergePart*>(m_method),
          static_cast<MergePart*>(m_result), static_cast<MergePart*>(m_scores)}) {
        column->addWidget(part);
    }
    column->addStretch(1);
    m_scroll = new QScrollArea(m_stack);
    m_scroll->setObjectName(QStringLiteral("mergeScroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(body);
    return m_scroll;
}

QWidget* MergePage::makeFooter()
{
    auto* footer = new QWidget(this);
    m_hint = new QLabel(footer);
    m_hint->setObjectName(QStringLiteral("mergeHint"));
    m_hint->setWordWrap(true);
    m_merge = new QPushButton(footer);
    m_merge->setObjectName(QStringLiteral("mergeButton"));
    auto* line = new QHBoxLayout(footer);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_hint, 1);
    line->addWidget(m_merge);
    connect(m_merge, &QPushButton::clicked, this, &MergePage::merge);
    return footer;
}

} // namespace lori::ui
