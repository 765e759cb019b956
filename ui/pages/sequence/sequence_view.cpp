// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/sequence_view.h"

#include "ui/frame/stage_strip.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/models/forgetting_model.h"
#include "ui/pages/sequence/flip_list.h"
#include "ui/pages/sequence/sequence_chart.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

constexpr int kParts = 1000; // of the progress bar
constexpr int kChartLines = 13;

QLabel* heading(QWidget* parent, double larger)
{
    auto* label = new QLabel(parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * larger);
    font.setBold(true);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

SequenceView::SequenceView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("sequenceView"));
    build();
    retranslate();
}

void SequenceView::build()
{
    auto* body = new QWidget(this);
    m_title = heading(body, 1.3);
    m_title->setObjectName(QStringLiteral("sequenceTitle"));
    m_title->setWordWrap(true);
    m_state = new QLabel(body);
    m_state->setObjectName(QStringLiteral("sequenceRunState"));
    m_strip = new StageStrip(body);
    m_bar = new StillProgressBar(body);
    m_bar->setObjectName(QStringLiteral("sequenceProgress"));
    m_detail = new QLabel(body);
    m_detail->setObjectName(QStringLiteral("sequenceDetail"));
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_sentence = new QLabel(body);
    m_sentence->setObjectName(QStringLiteral("sequenceSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setMargin(fontMetrics().height() / 3);
    m_sentence->setAutoFillBackground(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tableTitle = heading(body, 1);
    m_noScores = new QLabel(body);
    m_noScores->setWordWrap(true);
    m_model = new ForgettingModel(this);
    m_table = new QTableView(body);
    m_table->setObjectName(QStringLiteral("forgettingTable"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it is as tall as its rows; the page scrolls
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_flips = new FlipList(body);
    m_chart = new PlotPanel(QStringLiteral("sequenceChart"), QString(), body);
    m_chart->setMinimumHeight(fontMetrics().height() * kChartLines);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    auto* column = new QVBoxLayout(body);
    column->addLayout(head);
    column->addWidget(m_strip);
    column->addWidget(m_bar);
    column->addWidget(m_detail);
    column->addWidget(m_sentence);
    column->addWidget(m_tableTitle);
    column->addWidget(m_noScores);
    column->addWidget(m_table);
    column->addWidget(m_flips);
    column->addWidget(m_chart, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("sequenceViewScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

void SequenceView::show(const Content& content)
{
    const bool isSame = content.outcome == m_content.outcome && content.config == m_content.config;
    m_content = content;
    m_title->setText(QString::fromStdString(content.config.run.name));
    m_state->setText(Text::state(content.state));
    m_strip->setSteps(content.steps);
    const bool live = isLive(content.state);
    m_bar->setVisible(live);
    m_bar->setRange(0, content.share < 0 ? 0 : kParts);
    m_bar->setValue(static_cast<int>(kParts * std::max(0.0, content.share)));
    m_bar->setFormat(content.share >= 0 ? tr("%1 of all steps").arg(Text::percent(content.share, 0)) : tr("preparing"));
    m_detail->setText(content.detail);
    m_detail->setVisible(!content.detail.isEmpty());
    showSentence();
    const bool hasScores = !content.outcome.scores().empty();
    m_noScores->setVisible(!hasScores);
    m_table->setVisible(hasScores);
    m_chart->setVisible(hasScores);
    m_flips->show(content.folder, content.config, content.answers);
    if (!isSame) { // selection, zoom and widths stay while only times change
        showOutcome();
    }
}

void SequenceView::showOutcome()
{
    m_model->setOutcome(m_content.outcome, m_content.twin);
    fitTable();
    showScores(*m_chart->view(), m_content.outcome, m_content.config);
}

void SequenceView::showSentence()
{
    m_sentence->setText(m_content.sentence);
    m_sentence->setAccessibleName(m_content.sentence.isEmpty() ? tr("What came of the sequence") : m_content.sentence);
    m_sentence->setVisible(!m_content.sentence.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::Window, toneFill(m_content.tone, palette()));
    m_sentence->setPalette(colours);
}

void SequenceView::fitTable()
{
    m_table->resizeColumnsToContents();
    m_table->resizeRowsToContents();
    const int bar = m_table->horizontalScrollBar()->sizeHint().height();
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + m_table->verticalHeader()->length() +
                            2 * m_table->frameWidth() + bar);
}

void SequenceView::retranslate()
{
    setAccessibleName(tr("The sequence"));
    m_tableTitle->setText(tr("What was kept and what was forgotten"));
    m_table->setAccessibleName(m_tableTitle->text());
    m_noScores->setText(tr("The first scores come when the base model was measured."));
    showSentence();
    m_bar->setAccessibleName(tr("Progress of the sequence"));
    m_chart->setTitle(tr("Scores after each task"));
    m_chart->view()->setAxisTitles(QString(), tr("share"));
}

void SequenceView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showOutcome();
    } else if (event->type() == QEvent::PaletteChange && m_sentence != nullptr) {
        showSentence();
    }
}

} // namespace lori::ui
