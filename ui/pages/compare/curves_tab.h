// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/compared_curves.h"

#include <QWidget>

class QComboBox;

namespace lori::ui {

class PlotPanel;

/// One curve per run of a quantity that a person chooses, by the step over all stages.
class CurvesTab final : public QWidget {
    Q_OBJECT

public:
    CurvesTab(std::filesystem::path historyFile, QWidget* parent);
    /// Reads the curves of the chosen quantity; in the window's language of now.
    void show(const Comparison& comparison);
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    [[nodiscard]] PlotPanel* panel() const { return m_panel; }

private:
    void load();
    void draw(const std::vector<std::vector<PlotPoint>>& curves);

    std::filesystem::path m_historyFile;
    std::vector<CurveRun> m_runs;
    std::size_t m_drawn = 0; ///< how many series the chart has
    QComboBox* m_quantity = nullptr;
    PlotPanel* m_panel = nullptr;
    BackgroundJob m_job;
};

} // namespace lori::ui
