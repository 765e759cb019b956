// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/sequence_editor.h"

#include "ui/pages/sequence/base_card.h"
#include "ui/pages/sequence/floors_box.h"
#include "ui/pages/sequence/stage_card.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/sequence_draft.h"
#include "ui/services/sequence_plan.h"
#include "ui/widgets/flow_layout.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

using experiment::SequenceConfig;
using experiment::SequenceStage;

SequenceEditor::SequenceEditor(AppContext& context, SequenceDraft& draft, QWidget* parent)
    : QWidget(parent), m_context(context), m_draft(draft), m_tasks(context.home)
{
    setObjectName(QStringLiteral("sequenceEditor"));
    build();
    connect(&m_draft, &SequenceDraft::changed, this, &SequenceEditor::refresh);
    retranslate();
}

QWidget* SequenceEditor::buildTemplates()
{
    auto* box = new QWidget(this);
    m_templateLabel = new QLabel(box);
    m_safetyFirst = new QPushButton(box);
    m_safetyFirst->setObjectName(QStringLiteral("sequenceTemplate.safety"));
    m_taskAfterTask = new QPushButton(box);
    m_taskAfterTask->setObjectName(QStringLiteral("sequenceTemplate.tasks"));
    const auto apply = [this](SequenceTemplate kind) {
        m_draft.edit(tr("template of a sequence"), [kind](SequenceConfig& config) { config = sequenceFrom(kind); });
    };
    connect(m_safetyFirst, &QPushButton::clicked, this, [apply] { apply(SequenceTemplate::SafetyThenTask); });
    connect(m_taskAfterTask, &QPushButton::clicked, this, [apply] { apply(SequenceTemplate::TaskAfterTask); });
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_templateLabel);
    row->addWidget(m_safetyFirst);
    row->addWidget(m_taskAfterTask);
    row->addStretch(1);
    return box;
}

QWidget* SequenceEditor::buildStrip()
{
    m_strip = new QWidget(this);
    m_strip->setObjectName(QStringLiteral("sequenceStrip"));
    auto* flow = new FlowLayout(m_strip);
    flow->setContentsMargins(0, 0, 0, 0);
    m_base = new BaseCard(m_context, m_strip);
    m_add = new QPushButton(m_strip);
    m_add->setObjectName(QStringLiteral("sequenceAdd"));
    flow->addWidget(m_base);
    flow->addWidget(m_add);
    connect(m_base, &BaseCard::modelChosen, this, [this](const QString& model) {
        m_draft.edit(tr("choice of model"), [&](SequenceConfig& config) { config.run.model = model.toStdString(); });
    });
    connect(m_base, &BaseCard::adapterChosen, this, [this](const QString& folder) { beginFromAdapter(folder); });
    connect(m_add, &QPushButton::clicked, this, &SequenceEditor::addTask);
    return m_strip;
}

void SequenceEditor::build()
{
    auto* body = new QWidget(this);
    m_nameLabel = new QLabel(body);
    m_name = new QLineEdit(body);
    m_name->setObjectName(QStringLiteral("sequenceName"));
    m_nameLabel->setBuddy(m_name);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_draft.edit(tr("name of a sequence"), [&](SequenceConfig& config) { config.run.name = text.toStdString(); });
    });
    m_floors = new FloorsBox(body);
    connect(m_floors, &FloorsBox::edited, &m_draft, &SequenceDraft::edit);
    connect(m_floors, &FloorsBox::unreadable, this,
            [this](const QString& field, const QString& problem) { note(field, tr("Floors"), problem); });
    auto* name = new QHBoxLayout;
    name->addWidget(m_nameLabel);
    name->addWidget(m_name, 1);
    auto* column = new QVBoxLayout(body);
    column->addWidget(buildTemplates());
    column->addLayout(name);
    column->addWidget(buildStrip());
    column->addWidget(m_floors);
    column->addStretch(1);
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("sequenceScroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(body);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
}

/// Cards are kept and shown anew: a card that is typed into must not go.
void SequenceEditor::addCard()
{
    const auto place = static_cast<int>(m_cards.size());
    auto* card = new StageCard(place, m_strip);
    connect(card, &StageCard::edited, this,
            [this, place](const QString& text, const std::function<void(SequenceStage&)>& change) {
                m_draft.edit(text, [&](SequenceConfig& config) { change(config.stages.at(static_cast<std::size_t>(place))); });
            });
    connect(card, &StageCard::moveRequested, this, [this, place](int by) { move(place, by); });
    connect(card, &StageCard::fileWanted, this, [this, place] { chooseFile(place); });
    connect(card, &StageCard::removeRequested, this, [this, place] {
        m_draft.edit(tr("removing a task"),
                     [place](SequenceConfig& config) { config.stages.erase(config.stages.begin() + place); });
        m_cards[static_cast<std::size_t>(std::max(0, place - 1))]->focusPart(QStringLiteral("task"));
    });
    connect(card, &StageCard::unreadable, this, [this, card](const QString& part, const QString& problem) {
        note(card->objectName() + QLatin1Char('.') + part, card->place(), problem);
    });
    auto* arrow = new QLabel(QStringLiteral("→"), m_strip);
    m_strip->layout()->removeWidget(m_add);
    m_strip->layout()->addWidget(arrow);
    m_strip->layout()->addWidget(card);
    m_strip->layout()->addWidget(m_add);
    QWidget* before = m_cards.empty() ? m_base->lastInTabOrder() : m_cards.back()->lastInTabOrder();
    setTabOrder(card->putAfter(before), m_add);
    m_cards.push_back(card);
    m_arrows.push_back(arrow);
}

void SequenceEditor::refresh()
{
    const SequenceConfig& config = m_draft.config();
    const auto count = config.stages.size();
    while (m_cards.size() < count) {
        addCard();
    }
    bool hasGround = !config.fromMask.empty();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const bool isUsed = i < count;
        m_cards[i]->setVisible(isUsed);
        m_arrows[i]->setVisible(isUsed);
        if (isUsed) {
            m_cards[i]->show(config.stages[i], static_cast<int>(count), hasGround, m_choices);
            hasGround = hasGround || experiment::traitsOf(config.stages[i].method).isSparse;
        }
    }
    m_base->show(config);
    m_floors->show(config);
    const QString name = QString::fromStdString(config.run.name);
    if (m_name->text() != name) { // the cursor of somebody who types stays
        m_name->setText(name);
    }
    const auto before = m_unreadable.size();
    std::erase_if(m_unreadable, [this](const auto& entry) { // fields that went with their task
        const auto* field = findChild<QWidget*>(entry.first);
        return field == nullptr || field->isHidden() || field->parentWidget()->isHidden();
    });
    if (m_unreadable.size() != before) {
        Q_EMIT readabilityChanged();
    }
}

void SequenceEditor::move(int task, int by)
{
    const int to = task + by;
    if (to < 0 || to >= static_cast<int>(m_draft.config().stages.size())) {
        return;
    }
    const QString part = m_cards[static_cast<std::size_t>(task)]->focusedPart();
    m_draft.edit(tr("order of tasks"), [task, to](SequenceConfig& config) {
        std::swap(config.stages[static_cast<std::size_t>(task)], config.stages[static_cast<std::size_t>(to)]);
    });
    if (!part.isEmpty()) { // the focus goes with the task
        m_cards[static_cast<std::size_t>(to)]->focusPart(part);
    }
}

/// The first built-in task that is not learned yet, or the first of all.
void SequenceEditor::addTask()
{
    const auto& stages = m_draft.config().stages;
    const auto isUsed = [&](const std::string& name) {
        return std::any_of(stages.begin(), stages.end(), [&](const SequenceStage& stage) {
            return !stage.sources.empty() && stage.sources.front().task == name;
        });
    };
    std::string chosen = "safety";
    for (const TaskChoice& task : m_choices) {
        if (task.trains && !task.isPublished && !isUsed(task.name)) {
            chosen = task.name;
            break;
        }
    }
    m_draft.edit(tr("adding a task"), [&](SequenceConfig& config) {
        experiment::DataSource source;
        source.task = chosen;
        config.stages.push_back(sequenceStage(source));
    });
    m_cards[m_draft.config().stages.size() - 1]->focusPart(QStringLiteral("task"));
}

void SequenceEditor::chooseFile(int task)
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose the rows to learn"), {},
                                                      tr("Rows (*.jsonl *.json *.csv *.parquet *.arrow);;All files (*)"));
    if (!file.isEmpty()) {
        useFile(task, file);
    }
    refresh(); // without a file the box shows again what it was
}

void SequenceEditor::useFile(int task, const QString& file)
{
    m_draft.edit(tr("task to learn"), [&](SequenceConfig& config) {
        experiment::DataSource source;
        source.file = file.toStdString();
        setSource(config.stages.at(static_cast<std::size_t>(task)), source);
    });
}

bool SequenceEditor::beginFromAdapter(const QString& folder)
{
    const KnownAdapter* adapter = folder.isEmpty() ? nullptr : m_context.adapters->find(folder.toStdString());
    if (!folder.isEmpty() && adapter == nullptr) {
        return false;
    }
    m_draft.edit(tr("adapter to begin from"), [&](auto& config) { beginFrom(config, adapter, m_context.home); });
    return true;
}

void SequenceEditor::note(const QString& field, const QString& where, const QString& problem)
{
    if (problem.isEmpty()) {
        m_unreadable.erase(field);
    } else {
        m_unreadable[field] = tr("%1: %2", "where; what is wrong").arg(where, problem);
    }
    Q_EMIT readabilityChanged();
}

void SequenceEditor::goTo(const QString& path)
{
    QWidget* target = findChild<QWidget*>(path);
    if (target == nullptr && path.startsWith(QLatin1String("stages["))) {
        const int task = path.mid(7).section(QLatin1Char(']'), 0, 0).toInt();
        const QString field = path.section(QLatin1Char('.'), 1);
        const QString part = field == QLatin1String("steps")           ? QStringLiteral("steps")
                             : field.startsWith(QLatin1String("mask")) ? QStringLiteral("sparsity")
                                                                       : QStringLiteral("task");
        target = findChild<QWidget*>(QStringLiteral("stage.%1.%2").arg(task).arg(part));
    } else if (target == nullptr && path == QLatin1String("run.name")) {
        target = m_name;
    } else if (target == nullptr && (path == QLatin1String("run.model") || path == QLatin1String("fromAdapter"))) {
        target = m_base->findChild<QWidget*>(QStringLiteral("sequenceChooseAdapter"));
    }
    if (target != nullptr) {
        m_scroll->ensureWidgetVisible(target);
        target->setFocus(Qt::OtherFocusReason);
    }
}

void SequenceEditor::retranslate()
{
    m_choices = m_tasks.choices();
    m_templateLabel->setText(tr("Start from"));
    m_safetyFirst->setText(tr("Safety → task"));
    m_safetyFirst->setToolTip(tr("First learn to refuse what is harmful, then a task; safety is watched"));
    m_safetyFirst->setAccessibleName(tr("Template: safety, then a task"));
    m_taskAfterTask->setText(tr("Tasks one after another"));
    m_taskAfterTask->setToolTip(tr("Three built-in tasks, each keeping off what the ones before use"));
    m_taskAfterTask->setAccessibleName(tr("Template: tasks one after another"));
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the sequence"));
    m_add->setText(tr("+ Add task"));
    m_add->setAccessibleName(tr("Add a task"));
    m_strip->setAccessibleName(tr("Tasks in order"));
    refresh();
}

void SequenceEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
