// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/stage_card.h"

#include "ui/icons.h"
#include "ui/services/sequence_plan.h"
#include "ui/text.h"
#include "ui/widgets/number_field.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace lori::ui {

using experiment::MaskPolicy;
using experiment::SequenceStage;
using experiment::StageKind;

namespace {

constexpr const char* kOwnFile = "\nfile"; // an item that no task is named like
constexpr int kFewLetters = 8;
constexpr int kBoxLetters = 14; // two tasks stand beside the base model in a window of 1024 pixels
constexpr double kManySteps = 1'000'000;
constexpr double kMostSparse = 99.9;

experiment::DataSource sourceOf(const QString& task)
{
    experiment::DataSource source;
    source.task = task.toStdString();
    return source;
}

QToolButton* toolButton(QWidget* parent, const QString& name)
{
    auto* made = new QToolButton(parent);
    made->setObjectName(name);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

} // namespace

StageCard::StageCard(int index, QWidget* parent) : Card(parent), m_index(index)
{
    setObjectName(QStringLiteral("stage.%1").arg(index));
    build();
    connectParts();
    retranslate();
}

QString StageCard::partName(const char* part) const
{
    return QStringLiteral("stage.%1.%2").arg(m_index).arg(QLatin1String(part));
}

NumberField* StageCard::addNumber(const char* part, int kind)
{
    auto* number = new NumberField(static_cast<TypedNumber::Kind>(kind), this);
    number->setObjectName(partName(part));
    number->setFixedWidth(fontMetrics().averageCharWidth() * kFewLetters);
    connect(number, &NumberField::unreadable, this,
            [this, part](const QString&, const QString& problem) { Q_EMIT unreadable(QLatin1String(part), problem); });
    connect(number, &NumberField::numberTyped, this, [this, part] { Q_EMIT unreadable(QLatin1String(part), {}); });
    return number;
}

void StageCard::build()
{
    m_title = new QLabel(this);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_earlier = toolButton(this, partName("earlier"));
    m_earlier->setArrowType(Qt::LeftArrow);
    m_later = toolButton(this, partName("later"));
    m_later->setArrowType(Qt::RightArrow);
    m_remove = toolButton(this, partName("remove"));
    m_remove->setIcon(icon(QStringLiteral("close")));
    m_task = new QComboBox(this);
    m_task->setObjectName(partName("task"));
    m_method = new QComboBox(this);
    m_method->setObjectName(partName("method"));
    m_policy = new QComboBox(this);
    m_policy->setObjectName(partName("policy"));
    for (QComboBox* box : {m_task, m_method, m_policy}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(kBoxLetters);
    }
    m_stepsLabel = new QLabel(this);
    m_steps = addNumber("steps", static_cast<int>(TypedNumber::Kind::Whole));
    m_steps->setRange(1, kManySteps);
    m_stepsLabel->setBuddy(m_steps);
    m_sparsityLabel = new QLabel(this);
    m_sparsity = addNumber("sparsity", static_cast<int>(TypedNumber::Kind::Percent));
    m_sparsity->setRange(0, kMostSparse);
    m_sparsityLabel->setBuddy(m_sparsity);

    auto* head = new QHBoxLayout;
    head->setSpacing(0);
    head->addWidget(m_title, 1);
    head->addWidget(m_earlier);
    head->addWidget(m_later);
    head->addWidget(m_remove);
    auto* numbers = new QGridLayout;
    numbers->setColumnStretch(0, 1);
    numbers->addWidget(m_stepsLabel, 0, 0);
    numbers->addWidget(m_steps, 0, 1, Qt::AlignRight);
    numbers->addWidget(m_sparsityLabel, 1, 0);
    numbers->addWidget(m_sparsity, 1, 1, Qt::AlignRight);
    auto* column = new QVBoxLayout(this);
    column->addLayout(head);
    column->addWidget(m_task);
    column->addWidget(m_method);
    column->addLayout(numbers);
    column->addWidget(m_policy);
    column->addStretch(1);
}

void StageCard::connectParts()
{
    connect(m_task, &QComboBox::activated, this, [this](int item) {
        const QString task = m_task->itemData(item).toString();
        if (task == QLatin1String(kOwnFile)) {
            Q_EMIT fileWanted();
        } else if (!task.isEmpty()) {
            Q_EMIT edited(tr("task to learn"), [task](SequenceStage& stage) { setSource(stage, sourceOf(task)); });
        }
    });
    connect(m_method, &QComboBox::activated, this, [this](int item) {
        const auto method = static_cast<StageKind>(m_method->itemData(item).toInt());
        Q_EMIT edited(tr("method"), [method](SequenceStage& stage) { setMethod(stage, method); });
    });
    connect(m_steps, &NumberField::numberTyped, this, [this](const QString& json) {
        const std::int64_t steps = json.toLongLong();
        Q_EMIT edited(tr("steps of a task"), [steps](SequenceStage& stage) { stage.steps = steps; });
    });
    connect(m_sparsity, &NumberField::numberTyped, this, [this](const QString& json) {
        const double share = json.toDouble();
        Q_EMIT edited(tr("sparsity of a task"), [share](SequenceStage& stage) { stage.mask.sparsity = share; });
    });
    connect(m_policy, &QComboBox::activated, this, [this](int item) {
        const auto policy = static_cast<MaskPolicy>(m_policy->itemData(item).toInt());
        Q_EMIT edited(tr("keeping off earlier tasks"), [policy](SequenceStage& stage) { stage.policy = policy; });
    });
    connect(m_earlier, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(m_later, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    connect(m_remove, &QToolButton::clicked, this, &StageCard::removeRequested);
    for (const int by : {-1, 1}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::ALT | (by < 0 ? Qt::Key_Left : Qt::Key_Right)), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, by] { Q_EMIT moveRequested(by); });
    }
}

/// The tasks that have rows to learn, groups apart, and a person's own file. An item's data is the task's name.
void StageCard::fillTasks(const std::vector<TaskChoice>& tasks)
{
    m_task->clear();
    QString group;
    for (const TaskChoice& task : tasks) {
        if (!task.trains) {
            continue;
        }
        if (task.group != group && m_task->count() > 0) {
            m_task->insertSeparator(m_task->count());
        }
        group = task.group;
        m_task->addItem(task.title, QString::fromStdString(task.name));
        m_task->setItemData(m_task->count() - 1, task.what, Qt::ToolTipRole);
    }
    m_task->insertSeparator(m_task->count());
    m_task->addItem(tr("Own file …"), QLatin1String(kOwnFile));
}

void StageCard::show(const SequenceStage& stage, int count, bool hasGround, const std::vector<TaskChoice>& tasks)
{
    m_stage = stage;
    fillTasks(tasks);
    const bool isFile = !stage.sources.empty() && !stage.sources.front().file.empty();
    const QString task = stage.sources.empty() ? QString() : QString::fromStdString(stage.sources.front().task);
    if (isFile || (!task.isEmpty() && m_task->findData(task) < 0)) { // a file, or a set that this program does not list
        m_task->insertItem(0, sourceTitle(stage), task);
        m_task->setItemData(0, isFile ? QString::fromStdString(stage.sources.front().file) : task, Qt::ToolTipRole);
        m_task->setCurrentIndex(0);
    } else {
        m_task->setCurrentIndex(task.isEmpty() ? -1 : m_task->findData(task));
    }
    m_task->setToolTip(m_task->currentData(Qt::ToolTipRole).toString());
    const int method = static_cast<int>(stage.method);
    if (m_method->findData(method) < 0) {
        m_method->addItem(Text::stage(stage.method), method);
    }
    m_method->setCurrentIndex(m_method->findData(method));
    m_steps->showValue(static_cast<double>(stage.steps));
    const bool isSparse = experiment::traitsOf(stage.method).isSparse;
    m_sparsity->showValue(stage.mask.sparsity);
    m_sparsity->setEnabled(isSparse);
    m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(isSparse ? stage.policy : MaskPolicy::Own)));
    m_policy->setEnabled(isSparse && hasGround);
    m_policy->setToolTip(!isSparse    ? tr("Only LoRI-S has a mask: LoRI-D changes every entry of B, also those of earlier tasks")
                         : !hasGround ? tr("No earlier task has a mask to keep off")
                                      : m_policy->currentData(Qt::ToolTipRole).toString());
    m_sparsity->setToolTip(isSparse ? tr("Share of B that stays zero") : tr("LoRI-D trains all of B"));
    m_earlier->setEnabled(m_index > 0);
    m_later->setEnabled(m_index + 1 < count);
    m_remove->setEnabled(count > 1);
    m_remove->setToolTip(count > 1 ? tr("Remove this task") : tr("A sequence has at least one task"));
}

QString StageCard::place() const
{
    return tr("Task %1").arg(m_index + 1);
}

void StageCard::focusPart(const QString& part)
{
    if (auto* widget = findChild<QWidget*>(QStringLiteral("stage.%1.%2").arg(m_index).arg(part))) {
        (widget->isEnabled() ? widget : m_task)->setFocus(Qt::OtherFocusReason);
    }
}

QString StageCard::focusedPart() const
{
    const QWidget* focused = focusWidget();
    return focused != nullptr && focused->hasFocus() ? focused->objectName().section(QLatin1Char('.'), 2) : QString();
}

QWidget* StageCard::putAfter(QWidget* before)
{
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_earlier, m_later, m_remove, m_task, m_method, m_steps, m_sparsity, m_policy}) {
        setTabOrder(before, part);
        before = part;
    }
    return before;
}

QWidget* StageCard::lastInTabOrder() const
{
    return m_policy;
}

void StageCard::retranslate()
{
    setAccessibleName(place());
    m_title->setText(place());
    const auto describe = [this](QWidget* widget, const QString& name) {
        widget->setAccessibleName(tr("%1: %2", "Task 2: steps").arg(place(), name));
    };
    m_earlier->setToolTip(tr("Earlier (Alt+Left)"));
    m_later->setToolTip(tr("Later (Alt+Right)"));
    describe(m_earlier, tr("move to an earlier place"));
    describe(m_later, tr("move to a later place"));
    describe(m_remove, tr("remove"));
    describe(m_task, tr("learns"));
    describe(m_method, tr("method"));
    describe(m_steps, tr("steps"));
    describe(m_sparsity, tr("sparsity in percent"));
    m_stepsLabel->setText(tr("Steps"));
    m_sparsityLabel->setText(tr("Sparsity, %"));
    describe(m_policy, tr("what earlier tasks use"));
    fillPolicies();
    const int method = m_method->currentIndex();
    m_method->clear();
    m_method->addItem(tr("Sparse (LoRI-S)"), static_cast<int>(StageKind::LoriS));
    m_method->addItem(tr("Dense (LoRI-D)"), static_cast<int>(StageKind::LoriD));
    m_method->setCurrentIndex(method);
    m_method->setItemData(0, tr("A mask of its own: first a short dense training finds it"), Qt::ToolTipRole);
    m_method->setItemData(1, tr("All of B: learns most, and overwrites what earlier tasks learned"), Qt::ToolTipRole);
}

void StageCard::fillPolicies()
{
    const int chosen = m_policy->currentIndex();
    m_policy->clear();
    const auto add = [this](MaskPolicy policy, const QString& title, const QString& what) {
        m_policy->addItem(title, static_cast<int>(policy));
        m_policy->setItemData(m_policy->count() - 1, what, Qt::ToolTipRole);
    };
    add(MaskPolicy::Own, tr("Own choice"),
        tr("The mask takes the largest entries of B, whoever used them before: shared ones are overwritten"));
    add(MaskPolicy::Avoid, tr("Avoid earlier ground"),
        tr("The mask takes only entries of B that no earlier task uses, so nothing learned before is overwritten"));
    add(MaskPolicy::Protect, tr("Protect earlier ground"),
        tr("The mask is the task's own choice without the entries that an earlier task uses: fewer entries, and nothing learned "
           "before is overwritten"));
    m_policy->setCurrentIndex(chosen);
}

void StageCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
