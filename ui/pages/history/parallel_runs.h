// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/run_records.h"
#include "ui/widgets/parallel_plot.h"

#include <QDialog>

#include <set>
#include <vector>

class QComboBox;
class QLabel;
class QMenu;
class QTableWidget;
class QToolButton;

namespace lori::ui {

/// Many runs at once as parallel coordinates, with a table of the same numbers below: which settings go with which scores.
class ParallelRuns final : public QDialog {
    Q_OBJECT

public:
    static constexpr int kMost = 500; ///< runs

    ParallelRuns(std::vector<database::RunSummary> runs, QWidget* parent);

Q_SIGNALS:
    void openAsked(const QString& runId);

private:
    /// A number that runs may have.
    struct Column {
        QString id;
        ParallelAxis axis;
        std::function<std::optional<double>(const database::RunSummary&)> value;
    };
    [[nodiscard]] std::vector<Column> columns() const;
    [[nodiscard]] const std::optional<database::Score>& chosenScore(const database::ScoreSummary& score) const;
    void fill();
    void fillTable(const std::vector<Column>& shown);
    void fillAxes();
    void connectParts();

    std::vector<database::RunSummary> m_runs;
    std::set<QString> m_hidden; ///< ids of columns
    QComboBox* m_which = nullptr;
    QToolButton* m_axes = nullptr;
    QMenu* m_axesMenu = nullptr;
    ParallelPlot* m_plot = nullptr;
    QLabel* m_readOut = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace lori::ui
