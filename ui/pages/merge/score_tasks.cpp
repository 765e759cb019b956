// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/score_tasks.h"

#include "ui/widgets/flow_layout.h"

#include <QCheckBox>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>

namespace lori::ui {

MergeScoreTasks::MergeScoreTasks(const Home& home, QWidget* parent) : QWidget(parent), m_catalog(home)
{
    auto* flow = new FlowLayout(this);
    flow->setContentsMargins(0, 0, 0, 0);
    m_more = new QPushButton(this);
    m_more->setObjectName(QStringLiteral("scoreMoreTasks"));
    m_menu = new QMenu(m_more);
    m_menu->setToolTipsVisible(true);
    m_more->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &MergeScoreTasks::lookForFiles);
    for (TaskChoice& choice : m_catalog.choices()) {
        Task task{std::move(choice)};
        const QString name = QStringLiteral("scoreTask_") + QString::fromStdString(task.choice.name);
        if (task.choice.isPublished) {
            task.action = m_menu->addAction(QString());
            task.action->setCheckable(true);
            task.action->setObjectName(name);
            connect(task.action, &QAction::toggled, this, &MergeScoreTasks::changed);
        } else {
            task.box = new QCheckBox(this);
            task.box->setObjectName(name);
            flow->addWidget(task.box);
            connect(task.box, &QCheckBox::toggled, this, &MergeScoreTasks::changed);
        }
        m_tasks.push_back(std::move(task));
    }
    flow->addWidget(m_more);
}

/// Only when somebody wants to choose a published set.
void MergeScoreTasks::lookForFiles()
{
    for (const Task& task : m_tasks) {
        if (task.action != nullptr) {
            const QString missing = m_catalog.missing(task.choice.name, TaskCatalog::Use::Measuring, {});
            task.action->setEnabled(missing.isEmpty());
            task.action->setToolTip(missing.isEmpty() ? task.choice.what : missing);
        }
    }
}

std::vector<std::string> MergeScoreTasks::chosen() const
{
    std::vector<std::string> names;
    for (const Task& task : m_tasks) {
        if (task.box != nullptr ? task.box->isChecked() : task.action->isChecked()) {
            names.push_back(task.choice.name);
        }
    }
    return names;
}

void MergeScoreTasks::choose(const std::set<std::string>& tasks)
{
    const QSignalBlocker quiet(this);
    for (const Task& task : m_tasks) {
        const bool wanted = tasks.contains(task.choice.name);
        if (task.box != nullptr) {
            task.box->setChecked(wanted);
        } else {
            task.action->setChecked(wanted);
        }
    }
}

void MergeScoreTasks::retranslate()
{
    m_more->setText(tr("More tas&ks"));
    m_more->setAccessibleName(tr("Published tasks to measure"));
    const std::vector<TaskChoice> named = m_catalog.choices();
    for (std::size_t i = 0; i < m_tasks.size(); ++i) {
        Task& task = m_tasks[i];
        task.choice = named.at(i);
        if (task.box != nullptr) {
            task.box->setText(task.choice.title);
            task.box->setAccessibleName(tr("Measure %1", "a task").arg(task.choice.title));
            task.box->setToolTip(task.choice.what);
        } else {
            task.action->setText(task.choice.title);
        }
    }
    m_more->setVisible(!m_menu->isEmpty());
}

} // namespace lori::ui
