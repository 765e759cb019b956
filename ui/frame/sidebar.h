// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

class QAction;

namespace lori::ui {

/// The navigation list on the left: icon and word per action, its key in the tool tip. Choosing a line triggers its action.
class Sidebar final : public QListWidget {
    Q_OBJECT

public:
    /// The actions outlive the list; their texts may change at any time.
    explicit Sidebar(const QList<QAction*>& actions, QWidget* parent = nullptr);
    /// Marks the line of an action without triggering it.
    void select(int place);

private:
    void showTexts();
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

    QList<QAction*> m_actions;
};

} // namespace lori::ui
