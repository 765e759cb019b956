// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"
#include "ui/services/data_check.h"

class QLabel;
class QTableWidget;
class QVBoxLayout;

namespace lori::ui {

/// What was found in the data files of the draft: rows, columns, the first rows as they are understood, and every broken row
/// with its line. Hidden while no file is chosen.
class ExperimentDataCard final : public Card {
    Q_OBJECT

public:
    explicit ExperimentDataCard(QWidget* parent = nullptr);

    /// The first of several files is shown row by row, the others by one line each.
    void show(const std::vector<const DataView*>& views);

private:
    void showRows(const DataView& view);
    [[nodiscard]] static QString headline(const DataView& view);

    QLabel* m_title = nullptr;
    QLabel* m_columns = nullptr;
    QTableWidget* m_rows = nullptr;
    QLabel* m_problems = nullptr;
};

} // namespace lori::ui
