// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"
#include "ui/services/data_check.h"
#include "ui/services/seen_rows.h"

class QLabel;
class QTableWidget;
class QVBoxLayout;

namespace lori::ui {

class SeenRowView;

/// What was found in the data files of the draft: rows, columns, the first rows as they are understood, and every broken row
/// with its line. Hidden while no file is chosen.
class ExperimentDataCard final : public Card {
    Q_OBJECT

public:
    explicit ExperimentDataCard(QWidget* parent = nullptr);

    /// The first of several files is shown row by row, the others by one line each.
    /// `seen`: the first file's rows as the model sees them, nullptr when that cannot be said (no model, broken rows).
    void show(const std::vector<const DataView*>& views, const SeenRows::View* seen);

private:
    void showRows(const DataView& view);
    [[nodiscard]] static QString headline(const DataView& view);

    QLabel* m_title = nullptr;
    QLabel* m_columns = nullptr;
    QTableWidget* m_rows = nullptr;
    QLabel* m_problems = nullptr;
    SeenRowView* m_seen = nullptr;
};

} // namespace lori::ui
