// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/preview.h"

#include "ui/frame/budget_bar.h"
#include "ui/icons.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/flow_layout.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

QLabel* heading(QWidget* parent)
{
    auto* label = new QLabel(parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

ExperimentPreview::ExperimentPreview(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("runPreview"));
    build();
    retranslate();
}

namespace {

/// As wide as their place, beneath each other where they do not fit.
QLayout* sideBySide(std::initializer_list<QPushButton*> buttons)
{
    auto* row = new FlowLayout;
    for (QPushButton* each : buttons) {
        each->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(each);
    }
    return row;
}

} // namespace

QLayout* ExperimentPreview::makeState(QWidget* body)
{
    m_title = heading(body);
    auto* state = new QHBoxLayout;
    m_stateIcon = new QLabel(body);
    m_state = new QLabel(body);
    m_state->setObjectName(QStringLiteral("previewState"));
    m_state->setWordWrap(true);
    state->addWidget(m_stateIcon);
    state->addWidget(m_state, 1);
    m_problems = new QListWidget(body);
    m_problems->setObjectName(QStringLiteral("problems"));
    m_problems->setWordWrap(true);
    m_problems->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_problems->setFixedHeight(fontMetrics().height() * 7);
    const auto choose = [this](const QListWidgetItem* item) {
        Q_EMIT problemChosen(item->data(Qt::UserRole).toString());
    };
    connect(m_problems, &QListWidget::itemActivated, this, choose);
    connect(m_problems, &QListWidget::itemClicked, this, choose);

    m_notes = new QLabel(body);
    m_notes->setObjectName(QStringLiteral("previewNotes"));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::RichText);
    m_notes->setMargin(4);
    m_notes->setAutoFillBackground(true);
    m_notes->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_notes, &QLabel::linkActivated, this, &ExperimentPreview::noteFollowed);
    return state;
}

QLayout* ExperimentPreview::makeFigures(QWidget* body)
{
    m_stagesTitle = heading(body);
    m_stages = new QLabel(body);
    m_stages->setObjectName(QStringLiteral("previewStages"));
    m_stages->setWordWrap(true);
    m_budgetTitle = heading(body);
    m_budget = new BudgetBar(body);
    m_budgetLegend = new QLabel(body);
    m_budgetLegend->setObjectName(QStringLiteral("budgetLegend"));
    m_budgetLegend->setWordWrap(true);
    m_budgetLegend->setForegroundRole(QPalette::PlaceholderText);
    m_estimateTitle = heading(body);
    auto* grid = new QGridLayout;
    for (int i = 0; i < 3; ++i) {
        m_names[i] = new QLabel(body);
        m_values[i] = new QLabel(body);
        m_values[i]->setObjectName(QStringLiteral("estimate%1").arg(i));
        grid->addWidget(m_names[i], i, 0);
        m_values[i]->setWordWrap(true); // two times can be too wide for large letters
        m_values[i]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(m_values[i], i, 1);
    }
    m_basis = new QLabel(body);
    m_basis->setObjectName(QStringLiteral("estimateBasis"));
    m_basis->setTextFormat(Qt::PlainText);
    m_basis->setWordWrap(true);
    m_basis->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(m_basis, 3, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    return grid;
}

void ExperimentPreview::makeButtons()
{
    m_start = new QPushButton(this);
    m_start->setObjectName(QStringLiteral("startExperiment"));
    m_start->setIcon(icon(QStringLiteral("start")));
    m_start->setDefault(true);
    QFont bold = m_start->font();
    bold.setBold(true);
    m_start->setFont(bold);
    m_start->setMinimumHeight(fontMetrics().height() * 2);
    m_queue = new QPushButton(this);
    m_queue->setObjectName(QStringLiteral("queueExperiment"));
    m_sweep = new QPushButton(this);
    m_sweep->setObjectName(QStringLiteral("sweepExperiment"));
    m_recipe = new QPushButton(this);
    m_recipe->setObjectName(QStringLiteral("showRecipeButton"));
    connect(m_start, &QPushButton::clicked, this, &ExperimentPreview::startRequested);
    connect(m_queue, &QPushButton::clicked, this, &ExperimentPreview::queueRequested);
    connect(m_sweep, &QPushButton::clicked, this, &ExperimentPreview::sweepRequested);
    connect(m_recipe, &QPushButton::clicked, this, &ExperimentPreview::recipeRequested);
}

QWidget* ExperimentPreview::makeBody()
{
    auto* body = new QWidget(this);
    QLayout* state = makeState(body);
    QLayout* grid = makeFigures(body);
    auto* column = new QVBoxLayout(body);
    const int gap = fontMetrics().height() / 2;
    column->addWidget(m_title);
    column->addLayout(state);
    column->addWidget(m_problems);
    column->addWidget(m_notes);
    column->addSpacing(gap);
    column->addWidget(m_stagesTitle);
    column->addWidget(m_stages);
    column->addSpacing(gap);
    column->addWidget(m_budgetTitle);
    column->addWidget(m_budget);
    column->addWidget(m_budgetLegend);
    column->addSpacing(gap);
    column->addWidget(m_estimateTitle);
    column->addLayout(grid);
    column->addStretch(1);
    return body;
}

void ExperimentPreview::build()
{
    QWidget* body = makeBody();
    auto* scroll = scrolling(body, QStringLiteral("previewScroll"), this);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    makeButtons();
    auto* outer = new QVBoxLayout(this);
    outer->addWidget(scroll, 1);
    outer->addWidget(m_start);
    outer->addLayout(sideBySide({m_queue, m_sweep, m_recipe}));
}

void ExperimentPreview::show(const Content& content)
{
    m_content = content;
    showContent();
}

void ExperimentPreview::showFactsOnly()
{
    for (QPushButton* button : {m_start, m_queue, m_sweep, m_recipe}) {
        button->hide();
    }
}

void ExperimentPreview::setFigure(QLabel* label, const QString& text, const QString& formula)
{
    label->setText(text);
    label->setToolTip(formula);
    label->setAccessibleDescription(formula);
}

void ExperimentPreview::showContent()
{
    const int count = static_cast<int>(m_content.problems.size());
    const bool ready = count == 0;
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_stateIcon->setPixmap(
        icon(ready ? QStringLiteral("done") : QStringLiteral("warning")).pixmap(QSize(side, side), devicePixelRatioF()));
    m_state->setText(ready ? tr("Ready to start") : tr("%n problem(s)", nullptr, count));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, toneColour(ready ? Tone::Good : Tone::Alarm, palette()));
    m_state->setPalette(colours);
    m_problems->clear();
    for (const Problem& problem : m_content.problems) {
        auto* item = new QListWidgetItem(problem.text, m_problems);
        item->setData(Qt::UserRole, problem.path);
        item->setToolTip(problem.path.isEmpty() ? problem.text : tr("Go to this field"));
    }
    m_problems->setVisible(!ready);
    m_start->setEnabled(ready);
    m_start->setToolTip(ready ? tr("Starts the worker; you can close the window meanwhile") : m_content.problems.front().text);
    m_queue->setEnabled(ready);
    m_queue->setToolTip(ready ? tr("Starts after the jobs that wait already, also when this window is closed")
                              : m_content.problems.front().text);
    m_sweep->setEnabled(ready);
    m_sweep->setToolTip(ready ? tr("Trains at several sparsities, ranks, learning rates or seeds, one run each")
                              : m_content.problems.front().text);
    m_notes->setText(m_content.notes.join(QStringLiteral("<br>")));
    m_notes->setVisible(!m_content.notes.isEmpty());
    QPalette caution = palette();
    caution.setColor(QPalette::Window, toneFill(Tone::Caution, palette()));
    m_notes->setPalette(caution);
    m_stages->setText((m_content.stages + QStringList{m_content.seed}).join(QLatin1Char('\n')));
    showEstimate();
}

void ExperimentPreview::showEstimate()
{
    if (m_content.estimate) {
        const experiment::Estimate& e = *m_content.estimate;
        const auto formula = [](const experiment::Figure& figure) {
            return QString::fromStdString(figure.formula);
        };
        std::vector<BudgetBar::Row> rows{{tr("Base model"), e.parametersOf(experiment::StageKind::Full)}, // trains every weight
                                         {QStringLiteral("LoRA"), e.parametersOf(experiment::StageKind::Lora)}};
        for (const experiment::StageKind kind : m_content.trained) {
            if (kind != experiment::StageKind::Lora) {
                rows.push_back({Text::stage(kind), e.parametersOf(kind)});
            }
        }
        m_budget->setBudget(std::move(rows));
        // nobody has measured how wrong it is: half and double say that it is no promise
        const QString time = m_content.isRough ? tr("%1 to %2", "two durations, the shorter first")
                                                     .arg(Text::about(e.seconds.value / 2), Text::about(e.seconds.value * 2))
                                               : Text::about(e.seconds.value);
        setFigure(m_values[0], time, tr("%1\nSpeed of this machine: %2").arg(formula(e.seconds), m_content.speedSource));
        setFigure(m_values[1], Text::bytes(e.memoryBytes.value), formula(e.memoryBytes));
        setFigure(m_values[2], Text::bytes(e.diskBytes.value),
                  tr("%1\n%2 are free; a run starts only with a tenth more than it will need")
                      .arg(formula(e.diskBytes), Text::bytes(m_content.freeDiskBytes)));
    } else {
        m_budget->clear();
        for (QLabel* value : m_values) {
            setFigure(value, QStringLiteral("–"), tr("Known as soon as the model can be read"));
        }
    }
    m_basis->setText(m_content.estimate ? m_content.basis : QString());
    m_basis->setVisible(!m_basis->text().isEmpty());
}

void ExperimentPreview::retranslate()
{
    m_title->setText(tr("Run preview"));
    m_stagesTitle->setText(tr("Stages"));
    m_budgetTitle->setText(tr("Trainable parameters"));
    m_budgetLegend->setText(tr("Each mark to the right is ten times as many."));
    m_estimateTitle->setText(tr("Estimates"));
    m_names[0]->setText(tr("Time"));
    m_names[1]->setText(tr("Memory"));
    m_names[2]->setText(tr("Disk"));
    m_start->setText(tr("&Start experiment"));
    m_start->setAccessibleName(tr("Start experiment"));
    m_queue->setText(tr("Add to &queue"));
    m_queue->setAccessibleName(tr("Add to the queue"));
    m_sweep->setText(tr("S&weep…"));
    m_sweep->setAccessibleName(tr("Train at several values"));
    m_recipe->setText(tr("Sh&ow recipe…"));
    m_recipe->setAccessibleName(tr("Show recipe"));
    m_recipe->setToolTip(tr("The complete configuration and the command line that does the same"));
    m_problems->setAccessibleName(tr("Problems"));
    m_notes->setAccessibleName(tr("Worth a thought"));
    setAccessibleName(tr("Run preview"));
    showContent();
}

void ExperimentPreview::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_recipe != nullptr) {
        showContent();
    }
}

} // namespace lori::ui
