// SPDX-License-Identifier: GPL-3.0-or-later
// How the Data page is laid out, and its words.
#include "ui/frame/still_progress_bar.h"
#include "ui/pages/data/data_card.h"
#include "ui/pages/data/data_import.h"
#include "ui/pages/data/data_lengths.h"
#include "ui/pages/data/data_list.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/data/data_problems.h"
#include "ui/pages/data/data_rows.h"
#include "ui/services/row_lengths.h"
#include "ui/widgets/seen_row.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

constexpr int kWideCharacters = 130; // of the page: narrower, and the card stands under the list
constexpr int kCardCharacters = 32;

} // namespace

void DataPage::build()
{
    setObjectName(QStringLiteral("dataPage"));
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    m_across = new QHBoxLayout;
    m_across->addWidget(buildLeft());
    m_stack = new QStackedWidget(this);
    m_stack->setObjectName(QStringLiteral("dataStack"));
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildMessage());
    m_tabs = new QTabWidget(m_stack);
    m_tabs->setObjectName(QStringLiteral("dataTabs"));
    m_rows = new DataRows(m_tabs);
    m_lengths = new DataLengths(*m_rowLengths, m_tabs);
    m_problems = new DataProblems(*m_import, m_tabs);
    for (QWidget* tab : std::initializer_list<QWidget*>{m_rows, buildSeen(), m_lengths, m_problems}) {
        m_tabs->addTab(tab, QString());
    }
    m_stack->addWidget(m_tabs);
    m_across->addWidget(m_stack, 1);
    column->addLayout(m_across, 1);

    m_card = new DataFactsCard(this);
    m_cardScroll = new QScrollArea(this);
    m_cardScroll->setObjectName(QStringLiteral("dataCardScroll"));
    m_cardScroll->setFrameShape(QFrame::NoFrame);
    m_cardScroll->setWidgetResizable(true);
    m_cardScroll->setFocusPolicy(Qt::NoFocus);
    m_cardScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cardScroll->setWidget(m_card);
    m_left->insertWidget(1, m_cardScroll);

    m_why = new QLabel(this);
    m_why->setObjectName(QStringLiteral("dataWhyNot"));
    m_why->setWordWrap(true);
    m_use = new QPushButton(this);
    m_use->setObjectName(QStringLiteral("useInExperiment"));
    m_use->setDefault(true);
    m_besides = new QPushButton(this);
    m_besides->setObjectName(QStringLiteral("useBesides"));
    m_besides->setAutoDefault(false);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_why, 1);
    bottom->addWidget(m_besides);
    bottom->addWidget(m_use);
    column->addLayout(bottom);
}

QWidget* DataPage::buildLeft()
{
    auto* left = new QWidget(this);
    left->setFixedWidth(fontMetrics().averageCharWidth() * kCardCharacters);
    m_list = new DataList(m_context.home, *m_context.preferences, left);
    m_chooseFile = new QPushButton(left);
    m_chooseFile->setObjectName(QStringLiteral("chooseDataFile"));
    m_makeSample = new QPushButton(left);
    m_makeSample->setObjectName(QStringLiteral("makeSampleFile"));
    m_left = new QVBoxLayout(left);
    m_left->setContentsMargins(0, 0, 0, 0);
    m_left->addWidget(m_list, 3);
    m_left->addWidget(m_chooseFile);
    m_left->addWidget(m_makeSample);
    return left;
}

QWidget* DataPage::buildEmpty()
{
    m_empty = new QLabel(m_stack);
    m_empty->setObjectName(QStringLiteral("dataEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::RichText);
    m_empty->setFrameShape(QFrame::StyledPanel);
    return m_empty;
}

QWidget* DataPage::buildMessage()
{
    auto* place = new QWidget(m_stack);
    m_message = new QLabel(place);
    m_message->setObjectName(QStringLiteral("dataMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reading = new StillProgressBar(place);
    m_reading->setObjectName(QStringLiteral("dataReading"));
    m_reading->setRange(0, 0); // how long a file takes is not known
    m_reading->setMaximumWidth(fontMetrics().averageCharWidth() * 40);
    m_another = new QPushButton(place);
    m_another->setObjectName(QStringLiteral("chooseAnotherFile"));
    m_getButton = new QPushButton(place);
    m_getButton->setObjectName(QStringLiteral("getData"));
    auto* column = new QVBoxLayout(place);
    column->addStretch(1);
    column->addWidget(m_message);
    column->addWidget(m_reading, 0, Qt::AlignHCenter);
    column->addWidget(m_getButton, 0, Qt::AlignHCenter);
    column->addWidget(m_another, 0, Qt::AlignHCenter);
    column->addStretch(1);
    return place;
}

QWidget* DataPage::buildSeen()
{
    auto* place = new QWidget(m_tabs);
    m_seen = new SeenRowView(place);
    m_seen->setExpanding();
    m_seenNote = new QLabel(place);
    m_seenNote->setObjectName(QStringLiteral("seenSettings"));
    m_seenNote->setWordWrap(true);
    auto* column = new QVBoxLayout(place);
    column->addWidget(m_seen, 1);
    column->addWidget(m_seenNote);
    return place;
}

/// Right of the rows where there is room, else under the list.
void DataPage::placeCard()
{
    const bool wide = width() >= fontMetrics().averageCharWidth() * kWideCharacters;
    const bool isRight = m_across->indexOf(m_cardScroll) >= 0;
    if (wide && !isRight) {
        m_left->removeWidget(m_cardScroll);
        m_across->addWidget(m_cardScroll);
        m_cardScroll->setFixedWidth(fontMetrics().averageCharWidth() * kCardCharacters);
    } else if (!wide && isRight) {
        m_across->removeWidget(m_cardScroll);
        m_cardScroll->setMinimumWidth(0);
        m_cardScroll->setMaximumWidth(QWIDGETSIZE_MAX);
        m_left->insertWidget(1, m_cardScroll);
    }
    if (!wide) {
        m_left->setStretch(m_left->indexOf(m_cardScroll), 2);
    }
}

void DataPage::retranslate()
{
    setAccessibleName(tr("Data"));
    m_chooseFile->setText(tr("&Choose file …"));
    m_chooseFile->setAccessibleName(tr("Choose a data file"));
    m_makeSample->setText(tr("&Make a sample file …"));
    m_makeSample->setAccessibleName(tr("Make a sample file"));
    m_makeSample->setToolTip(tr("A small table to fill in with questions and answers"));
    m_message->setAccessibleName(tr("What is happening with the data"));
    m_another->setText(tr("Choose &another file …"));
    m_another->setAccessibleName(tr("Choose another data file"));
    m_reading->setAccessibleName(tr("Reading"));
    m_empty->setText(
        tr("<h3>Drop a CSV, JSON or JSONL file here</h3><p>One row is one question and its answer:</p>"
           "<table border='1' cellspacing='0' cellpadding='4' align='center'><tr><th>instruction</th><th>output</th></tr>"
           "<tr><td>Capital of France?</td><td>Paris.</td></tr><tr><td>Capital of Peru?</td><td>Lima.</td></tr></table>"
           "<p>Or choose a starter task in the list.</p>"));
    m_tabs->setTabText(0, tr("Rows"));
    m_tabs->setTabText(1, tr("As the model sees it"));
    m_tabs->setTabText(2, tr("Lengths"));
    m_tabs->setAccessibleName(tr("Views of the data"));
    m_use->setText(tr("&Use in experiment"));
    m_use->setAccessibleName(tr("Use in experiment"));
    m_besides->setText(tr("Use &besides the others"));
    m_besides->setAccessibleName(tr("Use besides the data that the experiment has"));
    refresh();
    if (m_content) {
        showContent();
    }
}

void DataPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_content) {
        m_card->show(title(), m_source, *m_content, m_config);
    }
}

void DataPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    placeCard();
}

} // namespace lori::ui
