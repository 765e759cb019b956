// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

class QAction;
class QTimer;

namespace lori::ui {

/// The navigation list on the left: icon and word per action, its key in the tool tip. Choosing a line triggers its action; so
/// does holding dragged runs over it, so that they can be dropped on another page.
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
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void hold(int row);

    QList<QAction*> m_actions;
    QTimer* m_holding = nullptr;
    int m_held = -1; ///< line over which runs are held
};

} // namespace lori::ui
