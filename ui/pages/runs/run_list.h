// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_list_model.h"

#include <QListView>
#include <QString>

namespace lori::ui {

/// The list on the left of the Runs page.
class RunList final : public QListView {
    Q_OBJECT

public:
    explicit RunList(QWidget* parent = nullptr);
    [[nodiscard]] RunListModel& runs() { return *m_model; }
    [[nodiscard]] QString selectedRun() const;
    void select(const QString& runId);

Q_SIGNALS:
    void runChosen(const QString& runId);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    RunListModel* m_model = nullptr;
};

} // namespace lori::ui
