// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_list_model.h"

#include <QListView>
#include <QPersistentModelIndex>
#include <QPoint>
#include <QString>

namespace lori::ui {

/// The list on the left of the Runs page. A click chooses a run, a drag takes one to where runs are taken.
class RunList final : public QListView {
    Q_OBJECT

public:
    explicit RunList(QWidget* parent = nullptr);
    [[nodiscard]] RunListModel& runs() { return *m_model; }
    [[nodiscard]] QString selectedRun() const;
    void select(const QString& runId);

Q_SIGNALS:
    void runChosen(const QString& runId);
    /// Its curves shall be laid over those that are shown.
    void overlayAsked(const QString& runId);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    RunListModel* m_model = nullptr;
    QPersistentModelIndex m_pressed; ///< the row under a press that may become a drag
    QPoint m_pressedAt;
};

} // namespace lori::ui
