// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/task_catalog.h"

#include <QComboBox>

namespace lori::ui {

/// Puts the tasks that have rows to train on into a box, under the titles of their groups, which cannot be chosen. The data of
/// an item is the task's name.
void addTasks(QComboBox& box, const std::vector<TaskChoice>& tasks);

} // namespace lori::ui
