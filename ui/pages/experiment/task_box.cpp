// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/task_box.h"

#include <QStandardItemModel>

namespace lori::ui {

void addTasks(QComboBox& box, const std::vector<TaskChoice>& tasks)
{
    QString group;
    for (const TaskChoice& task : tasks) {
        if (!task.trains) {
            continue;
        }
        if (task.group != group) {
            group = task.group;
            box.addItem(group);
            auto* title = qobject_cast<QStandardItemModel*>(box.model())->item(box.count() - 1);
            title->setFlags(Qt::NoItemFlags);
            QFont bold = box.font();
            bold.setBold(true);
            title->setFont(bold);
        }
        box.addItem(task.title, QString::fromStdString(task.name));
        box.setItemData(box.count() - 1, task.what, Qt::ToolTipRole);
    }
}

} // namespace lori::ui
