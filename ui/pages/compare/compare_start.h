// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/run_records.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace lori::ui {

/// What stands on the page while nothing is chosen: what it is for, and the next step as a button.
class CompareStart final : public QWidget {
    Q_OBJECT

public:
    explicit CompareStart(QWidget* parent = nullptr);
    /// The finished runs, newest first: two are offered at once, one alone against itself before training, without any a
    /// training.
    void show(const std::vector<database::RunSummary>& finished);

Q_SIGNALS:
    void compareAsked(const QStringList& runIds);
    void historyAsked();
    void experimentAsked();

private:
    QStringList m_offered;
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_offer = nullptr;
    QLabel* m_names = nullptr; ///< of the runs that are offered
    QPushButton* m_history = nullptr;
};

} // namespace lori::ui
