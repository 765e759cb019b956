// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "ui/frame/card.h"
#include "ui/services/data_reading.h"

class QLabel;

namespace lori::ui {

/// The facts of the chosen source: rows, held-out rows, overlap, hash, format.
class DataFactsCard final : public Card {
    Q_OBJECT

public:
    explicit DataFactsCard(QWidget* parent);

    /// `title`: of the file or task. `config`: the experiment that is being set up.
    void show(const QString& title, const experiment::DataSource& source, const DataContent& content,
              const experiment::RunConfig& config);
    /// Nothing is known (yet).
    void showTitle(const QString& title);

private:
    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_warnings = nullptr;
};

} // namespace lori::ui
