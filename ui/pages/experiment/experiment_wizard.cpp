// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/experiment_wizard.h"

#include "ui/pages/experiment/choices.h"
#include "ui/pages/experiment/file_choosers.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/model_library.h"
#include "ui/services/task_catalog.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/number_field.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QVBoxLayout>

#include <array>
#include <cmath>
#include <utility>

namespace lori::ui {

using experiment::RunConfig;

namespace {

constexpr int kToTheForm = QDialog::Accepted + 1; // closed, neither started nor left
constexpr int kIsFile = Qt::UserRole + 1;         // of a row in the list of tasks: its data is a path
constexpr std::array<Duration, 3> kDurations{Duration::Short, Duration::Medium, Duration::Paper};

/// A page with its question and a line that explains it.
std::pair<QWizardPage*, QVBoxLayout*> pageFor(QWizard& wizard, const QString& question, const QString& why)
{
    auto* page = new QWizardPage(&wizard);
    page->setTitle(question);
    page->setSubTitle(why);
    return {page, new QVBoxLayout(page)};
}

/// The last page: Start waits until nothing is wrong.
class LookPage final : public QWizardPage {
public:
    using QWizardPage::QWizardPage;
    [[nodiscard]] bool isComplete() const override { return m_ready; }
    void setReady(bool ready)
    {
        if (std::exchange(m_ready, ready) != ready) {
            Q_EMIT completeChanged();
        }
    }

private:
    bool m_ready = false;
};

void selectRow(QListWidget& list, const QString& wanted)
{
    for (int row = 0; row < list.count(); ++row) {
        if (list.item(row)->data(Qt::UserRole).toString() == wanted) {
            list.setCurrentRow(row);
            return;
        }
    }
    list.setCurrentRow(-1);
}

} // namespace

ExperimentWizard::ExperimentWizard(ExperimentDraft& draft, const TaskCatalog& tasks, const ModelLibrary& models, Seconds seconds,
                                   QWidget* parent)
    : QWizard(parent), m_draft(draft), m_tasks(tasks), m_models(models), m_seconds(std::move(seconds)), m_before(draft.config())
{
    setObjectName(QStringLiteral("experimentWizard"));
    setWindowTitle(tr("New experiment, step by step"));
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setButtonText(QWizard::FinishButton, tr("&Start experiment"));
    for (QWizardPage* page : {makeTask(), makeModel(), makeGoal(), makeDuration(), makeLook()}) {
        addPage(page);
    }
    connect(&m_draft, &ExperimentDraft::changed, this, &ExperimentWizard::showDraft);
    connect(this, &QDialog::accepted, this, &ExperimentWizard::startRequested);
    connect(this, &QDialog::rejected, this,
            [this] { m_draft.edit(tr("leaving the guide"), [this](RunConfig& config) { config = m_before; }); });
    fillTasks();
    fillModels();
    showDraft();
    const int wide = fontMetrics().averageCharWidth();
    resizeWithinParent(*this, {wide * 90, fontMetrics().height() * 40});
}

QWizardPage* ExperimentWizard::makeTask()
{
    const auto [page, column] =
        pageFor(*this, tr("What shall the model learn?"),
                tr("Starter tasks come with the program; your own file has a question and an answer in each row."));
    m_task = new QListWidget(page);
    m_task->setObjectName(QStringLiteral("wizardTask"));
    m_task->setAccessibleName(tr("Task"));
    m_task->setWordWrap(true);
    m_task->setSpacing(fontMetrics().height() / 5);
    auto* own = new QPushButton(tr("My own &file…"), page);
    own->setObjectName(QStringLiteral("wizardFile"));
    connect(m_task, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (m_showing || item == nullptr) {
            return;
        }
        const QString chosen = item->data(Qt::UserRole).toString();
        item->data(kIsFile).toBool()
            ? takeFile(chosen)
            : m_draft.edit(tr("choice of task"), [&](RunConfig& config) { setTask(config, chosen.toStdString()); });
    });
    connect(own, &QPushButton::clicked, this, [this] { takeFile(FileChoosers::askRows(this)); });
    column->addWidget(m_task, 1);
    column->addWidget(own, 0, Qt::AlignLeft);
    return page;
}

QWizardPage* ExperimentWizard::makeModel()
{
    const auto [page, column] =
        pageFor(*this, tr("Which model shall learn it?"),
                tr("Its own weights never change. Small models learn in minutes, large ones need memory and time."));
    m_model = new QListWidget(page);
    m_model->setObjectName(QStringLiteral("wizardModel"));
    m_model->setAccessibleName(tr("Model"));
    auto* other = new QPushButton(tr("An&other model"), page);
    other->setObjectName(QStringLiteral("wizardOtherModel"));
    const auto take = [this](const QString& model) {
        m_draft.edit(tr("choice of model"), [&](RunConfig& config) { config.model = model.toStdString(); });
    };
    connect(m_model, &QListWidget::currentItemChanged, this, [this, take](const QListWidgetItem* item) {
        if (!m_showing && item != nullptr) {
            take(item->data(Qt::UserRole).toString());
        }
    });
    FileChoosers::addModels(*other, take);
    column->addWidget(m_model, 1);
    column->addWidget(other, 0, Qt::AlignLeft);
    return page;
}

QWizardPage* ExperimentWizard::makeGoal()
{
    const auto [page, column] =
        pageFor(*this, tr("How sparse shall the adapter be?"),
                tr("A sparse adapter uses few places, so that several tasks can live side by side and disturb each other less."));
    m_goal = new QButtonGroup(this);
    const auto add = [&, page = page, column = column](Goal goal, const char* name, const QString& text) {
        auto* button = new QRadioButton(text, page);
        button->setObjectName(QLatin1String(name));
        m_goal->addButton(button, static_cast<int>(goal));
        column->addWidget(button);
    };
    add(Goal::Sparse, "wizardSparse", tr("S&parse: trained dense, then only the largest entries are kept and trained"));
    m_sparsityRow = new QWidget(page);
    auto* row = new QHBoxLayout(m_sparsityRow);
    m_sparsity = new QSlider(Qt::Horizontal, m_sparsityRow);
    m_sparsity->setObjectName(QStringLiteral("wizardSparsity"));
    m_sparsity->setAccessibleName(tr("Sparsity"));
    m_sparsity->setRange(0, 999);
    m_sparsity->setPageStep(50);
    m_sparsityValue = new NumberField(TypedNumber::Kind::Percent, m_sparsityRow);
    m_sparsityValue->setObjectName(QStringLiteral("wizardSparsityValue"));
    m_sparsityValue->setAccessibleName(tr("Sparsity in percent"));
    m_sparsityValue->setRange(0, 99.9);
    row->addWidget(new QLabel(tr("stays zero:"), m_sparsityRow));
    row->addWidget(m_sparsity, 1);
    row->addWidget(m_sparsityValue);
    row->addWidget(new QLabel(QStringLiteral("%"), m_sparsityRow));
    column->addWidget(m_sparsityRow);
    add(Goal::Dense, "wizardDense", tr("&Dense: every entry, the most that this adapter can learn"));
    column->addStretch(1);
    const auto sparsity = [this](double share) {
        if (!m_showing) {
            m_draft.edit(tr("change of sparsity"), [&](RunConfig& config) { setSparsity(config, share); });
        }
    };
    connect(m_goal, &QButtonGroup::idClicked, this, [this](int goal) {
        m_draft.edit(tr("choice of goal"), [&](RunConfig& config) { setGoal(config, static_cast<Goal>(goal)); });
    });
    connect(m_sparsity, &QSlider::valueChanged, this, [sparsity](int permille) { sparsity(permille / 1000.0); });
    connect(m_sparsityValue, &NumberField::numberTyped, this, [sparsity](const QString& share) { sparsity(share.toDouble()); });
    return page;
}

QWizardPage* ExperimentWizard::makeDuration()
{
    const auto [page, column] =
        pageFor(*this, tr("How long may it take?"), tr("Times are for this computer. A run can be stopped and taken up again."));
    const std::array<QString, 3> texts{tr("S&hort: 60 steps of 8 rows a stage"), tr("&Medium: 240 steps of 8 rows a stage"),
                                       tr("As the p&aper: 3 passes over the data, 32 rows a step")};
    m_duration = new QButtonGroup(this);
    for (std::size_t i = 0; i < kDurations.size(); ++i) {
        auto* button = new QRadioButton(texts.at(i), page);
        button->setObjectName(QStringLiteral("wizardDuration%1").arg(i));
        m_times[i] = new QLabel(page);
        m_times[i]->setObjectName(QStringLiteral("wizardTime%1").arg(i));
        m_times[i]->setIndent(fontMetrics().height() * 2);
        m_duration->addButton(button, static_cast<int>(kDurations.at(i)));
        column->addWidget(button);
        column->addWidget(m_times[i]);
    }
    column->addStretch(1);
    connect(m_duration, &QButtonGroup::idClicked, this, [this](int duration) {
        m_draft.edit(tr("choice of duration"), [&](RunConfig& config) { setDuration(config, static_cast<Duration>(duration)); });
    });
    return page;
}

QWizardPage* ExperimentWizard::makeLook()
{
    auto* page = new LookPage(this);
    page->setTitle(tr("A last look"));
    page->setSubTitle(tr("Everything can still be changed in the form; nothing has begun yet."));
    auto* column = new QVBoxLayout(page);
    m_name = new QLineEdit(page);
    m_name->setObjectName(QStringLiteral("wizardName"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Name"), m_name);
    m_preview = new ExperimentPreview(page);
    m_preview->showFactsOnly();
    column->addLayout(form);
    column->addWidget(m_preview, 1);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_draft.edit(tr("change of name"), [&](RunConfig& config) { config.name = text.toStdString(); });
    });
    connect(m_preview, &ExperimentPreview::problemChosen, this, [this](const QString& path) {
        done(kToTheForm);
        Q_EMIT problemChosen(path);
    });
    return page;
}

void ExperimentWizard::fillTasks()
{
    for (const TaskChoice& task : m_tasks.choices()) {
        const bool usable =
            task.trains && m_tasks.missing(task.name, TaskCatalog::Use::Training, m_draft.config().data.folder).isEmpty();
        if (usable) {
            auto* item = new QListWidgetItem(tr("%1 – %2", "task, what it is").arg(task.title, task.what), m_task);
            item->setData(Qt::UserRole, QString::fromStdString(task.name));
        }
    }
}

void ExperimentWizard::fillModels()
{
    for (const ModelEntry& model : m_models.entries()) {
        if (model.registered && (model.state == ModelState::Ready || model.state == ModelState::Checking)) {
            const QString name = Text::model(model.name);
            auto* item = new QListWidgetItem(
                model.facts ? tr("%1 – %2", "model, what it is").arg(name, modelInBrief(*model.facts)) : name, m_model);
            item->setData(Qt::UserRole, model.name);
            item->setToolTip(QString::fromStdString(model.path.string()));
        }
    }
}

void ExperimentWizard::takeFile(const QString& file)
{
    if (!file.isEmpty()) {
        m_draft.edit(tr("choice of task"), [&](RunConfig& config) { setDataFile(config, file.toStdString()); });
    }
}

void ExperimentWizard::showDraft()
{
    const RunConfig& config = m_draft.config();
    m_showing = true;
    const auto showOwn = [](QListWidget& list, const QString& what, const QString& shown, bool isFile) { // in no list
        selectRow(list, what);
        if (list.currentRow() < 0 && !what.isEmpty()) {
            auto* item = new QListWidgetItem(shown, &list);
            item->setData(Qt::UserRole, what);
            item->setData(kIsFile, isFile);
            list.setCurrentItem(item);
        }
    };
    const std::string task = taskOf(config);
    const QString learned =
        QString::fromStdString(task.empty() && config.data.sources.size() == 1 ? config.data.sources.front().file : task);
    showOwn(*m_task, learned, task.empty() ? learned : Text::task(learned), task.empty());
    const QString model = QString::fromStdString(config.model);
    showOwn(*m_model, model, Text::model(model), false);
    if (auto* button = m_goal->button(static_cast<int>(goalOf(config)))) {
        button->setChecked(true);
    }
    const double sparsity = sparsityOf(config);
    m_sparsityRow->setEnabled(sparsity >= 0);
    if (sparsity >= 0) {
        m_sparsity->setValue(static_cast<int>(std::lround(sparsity * 1000)));
        m_sparsityValue->showValue(sparsity);
    }
    if (auto* button = m_duration->button(static_cast<int>(durationOf(config)))) {
        button->setChecked(true);
    }
    if (const QString name = QString::fromStdString(config.name); m_name->text() != name) {
        m_name->setText(name);
    }
    m_showing = false;
    showTimes();
}

void ExperimentWizard::showTimes()
{
    for (std::size_t i = 0; i < kDurations.size(); ++i) {
        RunConfig config = m_draft.config();
        setDuration(config, kDurations.at(i));
        const double seconds = m_seconds(config);
        m_times[i]->setText(seconds < 0 ? tr("how long is not known yet") : Text::about(seconds));
    }
}

void ExperimentWizard::show(const ExperimentPreview::Content& content)
{
    m_preview->show(content);
    static_cast<LookPage*>(page(pageIds().back()))->setReady(content.problems.empty());
}

} // namespace lori::ui
