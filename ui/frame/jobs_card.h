// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"

#include <QHash>
#include <QString>

class QLabel;
class QVBoxLayout;

namespace lori::ui {

class JobRow;
class JobService;

/// The jobs at work that are no trainings: what each does, how far it is, how long it will take, and Stop. Hidden while there is
/// none.
class JobsCard final : public Card {
    Q_OBJECT

public:
    /// The jobs outlive this widget.
    explicit JobsCard(JobService& jobs, QWidget* parent = nullptr);
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    JobService& m_jobs;
    QLabel* m_title = nullptr;
    QVBoxLayout* m_column = nullptr;
    QHash<QString, JobRow*> m_rows; ///< by job
};

} // namespace lori::ui
