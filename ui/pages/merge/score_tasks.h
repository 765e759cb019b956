// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/task_catalog.h"

#include <QWidget>

#include <set>
#include <string>
#include <vector>

class QAction;
class QCheckBox;
class QMenu;
class QPushButton;

namespace lori::ui {

/// Which tasks are measured: a box for each starter task, published ones in a menu.
class MergeScoreTasks final : public QWidget {
    Q_OBJECT

public:
    explicit MergeScoreTasks(const Home& home, QWidget* parent = nullptr);

    /// In the order of the list.
    [[nodiscard]] std::vector<std::string> chosen() const;
    /// Exactly these, as far as they are known. Emits nothing.
    void choose(const std::set<std::string>& tasks);
    /// All texts in the person's language.
    void retranslate();

Q_SIGNALS:
    /// A person chose otherwise.
    void changed();

private:
    struct Task {
        TaskChoice choice;
        QCheckBox* box = nullptr;  ///< of a starter task
        QAction* action = nullptr; ///< of a published one
    };
    void lookForFiles();

    TaskCatalog m_catalog;
    std::vector<Task> m_tasks;
    QPushButton* m_more = nullptr;
    QMenu* m_menu = nullptr;
};

} // namespace lori::ui
