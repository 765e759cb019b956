// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is made of and what it shows; try_page_work.cpp has what it does, try_page_rows.cpp what it suggests.
#include "ui/pages/try/try_page.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/pages/try/prompt_box.h"
#include "ui/pages/try/prompt_set_bar.h"
#include "ui/pages/try/tone_label.h"
#include "ui/pages/try/try_column.h"
#include "ui/pages/try/try_settings.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/chat_service.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/flow_layout.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kTickMs = 250;

using State = ChatService::State;

QPushButton* button(const char* name, QWidget* parent)
{
    auto* made = new QPushButton(parent);
    made->setObjectName(QLatin1String(name));
    made->setAutoDefault(false);
    return made;
}

QLabel* label(const char* name, QWidget* parent)
{
    auto* made = new QLabel(parent);
    made->setObjectName(QLatin1String(name));
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    return made;
}

} // namespace

TryPage::TryPage(AppContext& context, QWidget* parent) : Page(parent), m_context(context), m_clock(new QTimer(this))
{
    setObjectName(QStringLiteral("tryPage"));
    m_clock->setInterval(kTickMs);
    connect(m_clock, &QTimer::timeout, this, &TryPage::showState);
    m_settings = new TrySettings(this);
    m_settings->setObjectName(QStringLiteral("trySettings"));
    m_settings->hide();
    m_training = label("tryTraining", this);
    auto* columns = new QWidget(this);
    m_columnsLayout = new QHBoxLayout(columns);
    m_columnsLayout->setContentsMargins(0, 0, 0, 0);
    // All of it scrolls when large letters on a small screen need more.
    auto* body = new QWidget(this);
    auto* scroll = scrolling(body, QStringLiteral("tryScroll"), this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    auto* layout = new QVBoxLayout(body);
    layout->addWidget(makeTop());
    layout->addWidget(m_settings);
    layout->addWidget(makeState());
    layout->addWidget(m_training);
    layout->addWidget(columns, 1);
    layout->addWidget(makeBottom());
    m_model = QString::fromStdString(experiment::RunConfig().model);
    connectService();
    addColumn({});
    retranslate();
}

QWidget* TryPage::makeTop()
{
    auto* top = new QWidget(this);
    m_modelLabel = new QLabel(top);
    m_models = new QComboBox(top);
    m_models->setObjectName(QStringLiteral("tryModel"));
    m_models->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_models->setMinimumContentsLength(16);
    m_modelLabel->setBuddy(m_models);
    m_choose = button("tryChoose", top);
    m_train = button("tryTrain", top);
    m_new = button("tryNew", top);
    m_settingsButton = new QToolButton(top);
    m_settingsButton->setObjectName(QStringLiteral("trySettingsButton"));
    m_settingsButton->setCheckable(true);
    m_settingsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_settingsButton->setArrowType(Qt::RightArrow);
    m_models->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new FlowLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_modelLabel);
    row->addWidget(m_models);
    row->addWidget(m_choose);
    row->addWidget(m_train);
    row->addWidget(m_settingsButton);
    row->addWidget(m_new);
    connect(m_models, &QComboBox::activated, this, [this](int index) { setModel(m_models->itemData(index).toString()); });
    connect(m_choose, &QPushButton::clicked, this, &TryPage::chooseAdapters);
    connect(m_train, &QPushButton::clicked, this, [this] { m_context.pages->go(intents::NewExperiment{}); });
    connect(m_new, &QPushButton::clicked, this, &TryPage::newConversation);
    connect(m_settingsButton, &QToolButton::toggled, this, [this](bool shown) {
        m_settings->setVisible(shown);
        m_settingsButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    return top;
}

QWidget* TryPage::makeState()
{
    auto* state = new QWidget(this);
    m_state = label("tryState", state);
    m_progress = new StillProgressBar(state);
    m_progress->setObjectName(QStringLiteral("tryProgress"));
    m_progress->setRange(0, 0); // the process does not know how far it is
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    m_again = button("tryAgain", state);
    m_free = button("tryFree", state);
    auto* row = new QHBoxLayout(state);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_state, 1);
    row->addWidget(m_progress);
    row->addWidget(m_again);
    row->addWidget(m_free);
    connect(m_again, &QPushButton::clicked, this, &TryPage::prepare);
    connect(m_free, &QPushButton::clicked, this, [this] { m_context.chat->close(); });
    return state;
}

QWidget* TryPage::makeBottom()
{
    auto* bottom = new QWidget(this);
    m_suggestions = new QWidget(bottom);
    new FlowLayout(m_suggestions);
    m_sets = new PromptSetBar(m_context, bottom);
    m_sets->setObjectName(QStringLiteral("trySets"));
    m_expected = label("tryExpected", bottom);
    m_problem = label("tryProblem", bottom);
    m_prompt = new PromptBox(bottom);
    m_prompt->setObjectName(QStringLiteral("tryPrompt"));
    m_ask = button("tryAsk", bottom);
    m_ask->setDefault(true);
    m_stop = button("tryStop", bottom);
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(m_ask);
    buttons->addWidget(m_stop);
    buttons->addStretch();
    auto* row = new QHBoxLayout;
    row->addWidget(m_prompt, 1);
    row->addLayout(buttons);
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_sets);
    layout->addWidget(m_suggestions);
    layout->addWidget(m_expected);
    layout->addWidget(m_problem);
    layout->addLayout(row);
    m_expected->hide();
    m_problem->hide();
    connect(m_prompt, &PromptBox::entered, this, &TryPage::ask);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_prompt->document()->isEmpty() && m_context.chat->state() == State::Off) {
            prepare(); // while the question is written
        }
        showExpected();
        showColumns();
    });
    connect(m_ask, &QPushButton::clicked, this, &TryPage::ask);
    connect(m_stop, &QPushButton::clicked, this, &TryPage::stop);
    connect(m_sets, &PromptSetBar::chosen, this, [this] {
        fillSuggestions();
        showColumns();
    });
    connect(m_sets, &PromptSetBar::askAll, this, [this](const QStringList& prompts) {
        m_asking = prompts;
        askNextOfSet();
    });
    return bottom;
}

bool TryPage::isBusy() const
{
    return m_context.chat->state() == State::Loading || m_context.chat->isAsking() || m_reading.isRunning();
}

void TryPage::showState()
{
    const ChatService& chat = *m_context.chat;
    const QString model = Text::model(chat.state() == State::Off ? m_model : chat.model());
    const auto memory = static_cast<double>(chat.memoryBytes());
    switch (chat.state()) {
    case State::Off:
        m_state->setText(tr("%1 is loaded when you begin to write.").arg(model));
        break;
    case State::Loading:
        m_state->setText(
            tr("Loading %1: %2, %3 of memory so far.").arg(model, Text::duration(chat.loadingSeconds()), Text::bytes(memory)));
        break;
    case State::Ready:
        m_state->setText(
            tr("%1 is loaded (%2, %3 of memory).").arg(model, QString::fromStdString(chat.ready().device), Text::bytes(memory)));
        break;
    case State::Failed:
        m_state->setText(ErrorText::sentence(chat.failure()));
        break;
    }
    toneLabel(m_state, chat.state() == State::Failed ? Tone::Alarm : Tone::Quiet);
    m_progress->setVisible(chat.state() == State::Loading);
    m_again->setVisible(chat.state() == State::Failed);
    m_free->setVisible(chat.state() == State::Ready);
    if (chat.state() == State::Loading) {
        m_clock->start();
    } else {
        m_clock->stop();
    }
}

void TryPage::showColumns()
{
    const bool asking = m_context.chat->isAsking();
    const QString wait = asking ? tr("Stop the answers first, or wait for them.") : QString();
    const bool blank = m_prompt->toPlainText().trimmed().isEmpty();
    m_ask->setEnabled(!asking && !blank);
    m_ask->setToolTip(asking ? wait : blank ? tr("Write a question first.") : QString());
    m_stop->setEnabled(asking);
    m_stop->setToolTip(asking ? tr("End the answers here (Esc)") : tr("No answer is being written."));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_models, m_choose, m_new, m_free}) {
        widget->setEnabled(!asking);
        widget->setToolTip(wait);
    }
    for (TryColumn* column : m_columns) {
        column->showState(*m_context.chat);
        column->setCanLeave(!asking && m_columns.size() > 1, asking ? wait : tr("The last column stays."));
    }
    m_train->setVisible(m_context.adapters->isRead() && m_context.adapters->adapters().empty());
    const bool begun =
        std::any_of(m_columns.begin(), m_columns.end(), [](const auto* column) { return !column->turns().empty(); });
    m_suggestions->setVisible(!m_rows.empty() || !m_sets->prompts().isEmpty() || (!begun && !asking));
    m_sets->setAsked(m_session);
    m_sets->setCanAsk(!asking, wait);
}

void TryPage::showTraining()
{
    const QStringList live = m_context.runs->liveRuns();
    const bool works = std::any_of(live.begin(), live.end(),
                                   [this](const QString& run) { return m_context.runs->state(run) == jobs::JobState::Running; });
    m_training->setVisible(works);
    m_training->setText(tr("A training is at work. You can ask all the same; both become slower, and both need memory."));
    toneLabel(m_training, Tone::Caution);
}

void TryPage::retranslate()
{
    setAccessibleName(tr("Try it"));
    m_modelLabel->setText(tr("Model:"));
    m_models->setAccessibleName(tr("Base model"));
    m_choose->setText(tr("Adapters…"));
    m_choose->setAccessibleName(tr("Choose the adapters that answer beside the base"));
    m_train->setText(tr("Train one…"));
    m_train->setToolTip(tr("There is no adapter yet: set up an experiment that makes one."));
    m_train->setAccessibleName(tr("Train an adapter"));
    m_settingsButton->setText(tr("Settings"));
    m_settingsButton->setAccessibleName(tr("Settings of the answers"));
    m_new->setText(tr("New conversation"));
    m_new->setAccessibleName(m_new->text());
    m_again->setText(tr("Load again"));
    m_again->setAccessibleName(tr("Load the model again"));
    m_free->setText(tr("Free the memory"));
    m_free->setAccessibleName(tr("End the model's process and free its memory"));
    m_progress->setAccessibleName(tr("Loading the model"));
    m_prompt->setPlaceholderText(tr("Write a question. Enter asks it, Shift+Enter begins a new line."));
    m_prompt->setAccessibleName(tr("Question to all columns"));
    m_ask->setText(tr("Ask"));
    m_ask->setAccessibleName(tr("Ask all columns"));
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop the answers"));
    for (TryColumn* column : m_columns) {
        column->setName(nameOf(column->adapter()));
    }
    toneLabel(m_problem, Tone::Alarm);
    fillModels();
    fillSuggestions();
    showState();
    showTraining();
    showColumns();
}

void TryPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_stop != nullptr) {
        toneLabel(m_problem, Tone::Alarm);
        showState();
        showTraining();
    }
}

void TryPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_context.chat->isAsking()) {
        stop();
    } else {
        Page::keyPressEvent(event);
    }
}

} // namespace lori::ui
