// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/simple_form.h"

#include "ui/pages/experiment/choices.h"
#include "ui/pages/experiment/file_choosers.h"
#include "ui/pages/experiment/form_undo.h"
#include "ui/pages/experiment/task_box.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/model_library.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/second_text.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr auto kOwnFile = "file:"; // the task box's entry for a file of one's own

} // namespace

ExperimentSimpleForm::ExperimentSimpleForm(ExperimentDraft& draft, const TaskCatalog& tasks, ModelLibrary& models,
                                           QWidget* parent)
    : QWidget(parent), m_draft(draft), m_tasks(tasks), m_models(models)
{
    build();
    retranslate();
    connectEdits();
    connect(&m_draft, &ExperimentDraft::changed, this, &ExperimentSimpleForm::showConfig);
    connect(&m_models, &ModelLibrary::changed, this, [this] {
        fillModels();
        showConfig();
    });
}

void ExperimentSimpleForm::build()
{
    m_model = new QComboBox(this);
    m_model->setObjectName(QStringLiteral("simple.model"));
    static_cast<void>(new SecondTextDelegate(*m_model));
    m_browse = new QPushButton(this);
    m_browse->setObjectName(QStringLiteral("simple.model.browse"));
    m_task = new QComboBox(this);
    m_task->setObjectName(QStringLiteral("simple.task"));
    m_goal = new QComboBox(this);
    m_goal->setObjectName(QStringLiteral("simple.goal"));
    m_sparsity = new QSlider(Qt::Horizontal, this);
    m_sparsity->setObjectName(QStringLiteral("simple.sparsity"));
    m_sparsity->setRange(0, 999);
    m_sparsity->setSingleStep(5);
    m_sparsity->setPageStep(50);
    m_sparsityValue = new NumberField(TypedNumber::Kind::Percent, this);
    m_sparsityValue->setObjectName(QStringLiteral("simple.sparsity.value"));
    m_sparsityValue->setRange(0, 99.9);
    m_duration = new QComboBox(this);
    m_duration->setObjectName(QStringLiteral("simple.duration"));
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("simple.name"));
    m_purpose = new QLineEdit(this);
    m_purpose->setObjectName(QStringLiteral("simple.purpose"));
    for (QLineEdit* line : std::initializer_list<QLineEdit*>{m_sparsityValue, m_name, m_purpose}) {
        undoWithForm(*line);
    }
    for (QComboBox* box : {m_model, m_task, m_goal, m_duration}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(16);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    auto* model = new QHBoxLayout;
    model->addWidget(m_model, 1);
    model->addWidget(m_browse);
    auto* sparsity = new QHBoxLayout;
    sparsity->addWidget(m_sparsity, 1);
    sparsity->addWidget(m_sparsityValue);
    sparsity->addWidget(new QLabel(QStringLiteral("%"), this));
    m_scope = new QLabel(this);
    m_scope->setObjectName(QStringLiteral("simple.scope"));
    m_scope->setWordWrap(true);

    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(fontMetrics().height() * 2 / 3);
    const std::array<QWidget*, 7> inputs{m_model, m_task, m_goal, m_sparsityValue, m_duration, m_name, m_purpose};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        m_labels[i] = new QLabel(this);
        m_labels[i]->setBuddy(inputs.at(i));
    }
    form->addRow(m_labels[0], model);
    form->addRow(m_labels[1], m_task);
    form->addRow(m_labels[2], m_goal);
    auto* sparsityRows = new QVBoxLayout;
    sparsityRows->addLayout(sparsity);
    sparsityRows->addWidget(m_scope);
    form->addRow(m_labels[3], sparsityRows);
    form->addRow(m_labels[4], m_duration);
    form->addRow(m_labels[5], m_name);
    form->addRow(m_labels[6], m_purpose);
}

void ExperimentSimpleForm::connectEdits()
{
    connect(m_model, &QComboBox::activated, this, [this](int index) {
        m_draft.edit(tr("choice of model"),
                     [&](experiment::RunConfig& c) { c.model = m_model->itemData(index).toString().toStdString(); });
    });
    FileChoosers::addModels(*m_browse, [this](const QString& path) {
        m_draft.edit(tr("choice of model"), [&](experiment::RunConfig& c) { c.model = path.toStdString(); });
    });
    connect(m_task, &QComboBox::activated, this, [this](int index) { chooseTask(m_task->itemData(index).toString()); });
    connect(m_goal, &QComboBox::activated, this, [this](int index) { chooseGoal(m_goal->itemData(index).toInt()); });
    connect(m_duration, &QComboBox::activated, this, [this](int index) { chooseDuration(m_duration->itemData(index).toInt()); });
    connect(m_sparsity, &QSlider::valueChanged, this, [this](int permille) {
        if (!m_showing) {
            m_draft.edit(tr("change of sparsity"), [&](experiment::RunConfig& c) { setSparsity(c, permille / 1000.0); });
        }
    });
    connect(m_sparsityValue, &NumberField::numberTyped, this, [this](const QString& share) {
        m_draft.setUnreadable(sparsityPath(), sparsityPath(), {}, {});
        m_draft.edit(tr("change of sparsity"), [&](experiment::RunConfig& c) { setSparsity(c, share.toDouble()); });
    });
    connect(m_sparsityValue, &NumberField::unreadable, this, [this](const QString& text, const QString& problem) {
        m_draft.setUnreadable(sparsityPath(), sparsityPath(), text, problem);
    });
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_draft.edit(tr("change of name"), [&](experiment::RunConfig& c) { c.name = text.toStdString(); });
    });
    connect(m_purpose, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_draft.edit(tr("change of purpose"), [&](experiment::RunConfig& c) { c.purpose = text.toStdString(); });
    });
}

/// Where the configuration holds the sparsity that is shown: the last mask stage.
QString ExperimentSimpleForm::sparsityPath() const
{
    const auto& stages = m_draft.config().stages;
    std::size_t last = 0;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        last = stages[i].kind == experiment::StageKind::Mask ? i : last;
    }
    return QStringLiteral("stages[%1].mask.sparsity").arg(last);
}

void ExperimentSimpleForm::chooseTask(const QString& task)
{
    if (task != QLatin1String(kOwnFile)) {
        m_draft.edit(tr("choice of task"), [&](experiment::RunConfig& c) { setTask(c, task.toStdString()); });
        return;
    }
    const QString file = FileChoosers::askRows(this);
    if (!file.isEmpty()) {
        m_draft.edit(tr("choice of task"), [&](experiment::RunConfig& c) { setDataFile(c, file.toStdString()); });
    }
    showConfig();
}

void ExperimentSimpleForm::chooseGoal(int goal)
{
    m_draft.edit(tr("choice of goal"), [&](experiment::RunConfig& c) { setGoal(c, static_cast<Goal>(goal)); });
}

void ExperimentSimpleForm::chooseDuration(int duration)
{
    m_draft.edit(tr("choice of duration"), [&](experiment::RunConfig& c) { setDuration(c, static_cast<Duration>(duration)); });
}

QWidget* ExperimentSimpleForm::widgetFor(const QString& path) const
{
    if (path == QLatin1String("model")) {
        return m_model;
    }
    if (path.startsWith(QLatin1String("data.sources"))) {
        return m_task;
    }
    if (path == QLatin1String("stages")) {
        return m_goal;
    }
    if (path.endsWith(QLatin1String("mask.sparsity"))) {
        return m_sparsityValue;
    }
    if (path == QLatin1String("name")) {
        return m_name;
    }
    return path == QLatin1String("purpose") ? m_purpose : nullptr;
}

void ExperimentSimpleForm::showProblems(const std::vector<experiment::ConfigIssue>& issues)
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_model, m_task, m_goal, m_sparsityValue, m_name, m_purpose}) {
        bool wrong = false;
        for (const auto& issue : issues) {
            wrong = wrong || widgetFor(QString::fromStdString(issue.path)) == widget;
        }
        QPalette colours;
        if (wrong) {
            colours = palette();
            colours.setColor(QPalette::Base, toneFill(Tone::Alarm, palette()));
        }
        widget->setPalette(colours);
    }
}

void ExperimentSimpleForm::showConfig()
{
    const experiment::RunConfig& config = m_draft.config();
    m_showing = true;
    const QString model = QString::fromStdString(config.model);
    if (m_model->findData(model) < 0) {
        m_model->addItem(Text::model(model), model);
    }
    m_model->setCurrentIndex(m_model->findData(model));

    const QString task = QString::fromStdString(taskOf(config));
    const int others = m_task->findData(QStringLiteral("other"));
    if (others >= 0) {
        m_task->removeItem(others);
    }
    if (task.isEmpty()) {
        const QString shown = config.data.sources.size() == 1 ? Text::model(QString::fromStdString(config.data.sources[0].file))
                                                              : tr("Custom: see Advanced");
        m_task->addItem(shown, QStringLiteral("other"));
    }
    if (!task.isEmpty() && m_task->findData(task) < 0) { // known to the configuration alone: shown, never replaced
        m_task->addItem(Text::task(task), task);
    }
    m_task->setCurrentIndex(m_task->findData(task.isEmpty() ? QStringLiteral("other") : task));
    m_goal->setCurrentIndex(static_cast<int>(goalOf(config)));
    m_duration->setCurrentIndex(static_cast<int>(durationOf(config)));

    const double sparsity = sparsityOf(config);
    m_sparsity->setEnabled(sparsity >= 0);
    m_sparsityValue->setEnabled(sparsity >= 0);
    m_labels[3]->setEnabled(sparsity >= 0);
    if (sparsity >= 0) {
        m_sparsity->setValue(static_cast<int>(std::lround(sparsity * 1000)));
        const QString typed = m_draft.unreadableText(sparsityPath());
        typed.isNull() ? m_sparsityValue->showValue(sparsity) : m_sparsityValue->showTyped(typed);
    }
    const auto mask = std::find_if(config.stages.begin(), config.stages.end(),
                                   [](const auto& stage) { return stage.kind == experiment::StageKind::Mask; });
    const bool other = mask != config.stages.end() && mask->mask.scope != experiment::MaskScope::Model;
    m_scope->setText(tr("Counted inside parts of the model, not over the whole: see Advanced"));
    m_scope->setVisible(other);
    const QString name = QString::fromStdString(config.name);
    if (m_name->text() != name) {
        m_name->setText(name);
    }
    const QString purpose = QString::fromStdString(config.purpose);
    if (m_purpose->text() != purpose) {
        m_purpose->setText(purpose);
    }
    m_showing = false;
}

/// In place, so that a list that is open stays as it is while files are still being read.
void ExperimentSimpleForm::fillModels()
{
    int row = 0;
    for (const ModelEntry& model : m_models.entries()) {
        if (!model.registered) {
            continue;
        }
        const QString name = Text::model(model.name);
        const QString shown = model.state == ModelState::Missing   ? tr("%1 – files not found").arg(name)
                              : model.state == ModelState::Refused ? tr("%1 – cannot be used").arg(name)
                                                                   : name;
        if (row == m_model->count()) {
            m_model->addItem(shown);
        }
        m_model->setItemText(row, shown);
        m_model->setItemData(row, model.name, Qt::UserRole);
        m_model->setItemData(row, model.facts ? modelInBrief(*model.facts) : QString(), SecondTextDelegate::kRole);
        m_model->setItemData(row,
                             model.problem ? ErrorText::sentence(*model.problem) : QString::fromStdString(model.path.string()),
                             Qt::ToolTipRole);
        ++row;
    }
    while (m_model->count() > row) {
        m_model->removeItem(row);
    }
    SecondTextDelegate::fitList(*m_model);
}

void ExperimentSimpleForm::fillChoices()
{
    fillModels();
    m_task->clear();
    addTasks(*m_task, m_tasks.choices());
    m_task->addItem(tr("My own file…"), QLatin1String(kOwnFile));
    m_goal->clear();
    m_goal->addItem(tr("Dense adapter: LoRI-D alone"), static_cast<int>(Goal::Dense));
    m_goal->addItem(tr("Sparse adapter: LoRI-D, mask, LoRI-S"), static_cast<int>(Goal::Sparse));
    m_goal->addItem(tr("Custom: see Advanced"), static_cast<int>(Goal::Custom));
    m_duration->clear();
    m_duration->addItem(tr("Short: 60 steps of 8 rows per stage"), static_cast<int>(Duration::Short));
    m_duration->addItem(tr("Medium: 240 steps of 8 rows per stage"), static_cast<int>(Duration::Medium));
    m_duration->addItem(tr("As the paper: 3 passes over the data, 32 rows a step"), static_cast<int>(Duration::Paper));
    m_duration->addItem(tr("Custom: see Advanced"), static_cast<int>(Duration::Custom));
}

void ExperimentSimpleForm::describe(QWidget* widget, const QString& name, const QString& tip, const QString& range) const
{
    widget->setAccessibleName(name);
    widget->setAccessibleDescription(tip);
    widget->setToolTip(tip);
    widget->setWhatsThis(tr("<b>%1</b><p>%2</p><p>Allowed: %3.</p>").arg(name, tip, range));
}

void ExperimentSimpleForm::retranslate()
{
    m_labels[0]->setText(tr("&Model"));
    m_labels[1]->setText(tr("Ta&sk"));
    m_labels[2]->setText(tr("&Goal"));
    m_labels[3]->setText(tr("S&parsity"));
    m_labels[4]->setText(tr("&Duration"));
    m_labels[5]->setText(tr("N&ame"));
    m_labels[6]->setText(tr("P&urpose"));
    m_browse->setText(tr("Browse…"));
    m_purpose->setPlaceholderText(tr("One line: what is this run for?"));
    describe(m_model, tr("Model"), tr("The language model that gets the adapter. Its own weights never change."),
             tr("the built-in model, a GGUF file or a Hugging Face folder"));
    describe(m_browse, tr("Browse for a model"), tr("Choose a GGUF file, or the folder of a Hugging Face model."),
             tr("a file or a folder"));
    describe(m_task, tr("Task"),
             tr("What the model is taught. The starter tasks come with the program; published sets are fetched once."),
             tr("a starter task, a published set, or your own JSONL, JSON or CSV file"));
    describe(m_goal, tr("Goal"),
             tr("A dense adapter trains all of B. A sparse one then keeps only the largest entries and trains those."),
             tr("dense or sparse"));
    describe(m_sparsity, tr("Sparsity"), tr("The share of B that stays zero. 90 % keeps one entry in ten."), tr("0 to 99.9 %"));
    describe(m_sparsityValue, tr("Sparsity in percent"), tr("The share of B that stays zero. 90 % keeps one entry in ten."),
             tr("0 to 99.9 %"));
    describe(m_duration, tr("Duration"), tr("How long each training stage goes on."), tr("one of three, or custom"));
    describe(m_name, tr("Name"), tr("The name of the run in every list."), tr("1 to 200 characters"));
    describe(m_purpose, tr("Purpose"), tr("A line for yourself: what do you want to find out?"), tr("any text"));
    m_showing = true;
    fillChoices();
    m_showing = false;
    showConfig();
}

void ExperimentSimpleForm::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_models.refresh(); // models may have been added, or gone, since
}

void ExperimentSimpleForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
