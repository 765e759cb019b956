// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/run_progress.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace lori::ui {

class FlowLayout;

/// Prepare → LoRI-D → Mask → LoRI-S → Evaluate: each with an icon, a state word and its time. Colour only repeats the word.
class StageStrip final : public QWidget {
    Q_OBJECT

public:
    explicit StageStrip(QWidget* parent = nullptr);
    void setSteps(const std::vector<StripStep>& steps);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Cell {
        QLabel* symbol = nullptr;
        QLabel* title = nullptr;
        QLabel* detail = nullptr;
        QWidget* box = nullptr;
        StepState state = StepState::Waiting; ///< as it is shown
        bool isShown = false;
    };
    void rebuild(std::size_t count);
    /// True when the cell looks otherwise than before.
    bool show(std::size_t index, const StripStep& step);

    FlowLayout* m_row = nullptr;
    std::vector<Cell> m_cells;
    std::vector<StripStep> m_steps;
};

} // namespace lori::ui
