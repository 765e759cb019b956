// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"

#include <QWidget>

namespace lori::ui {

/// Trainable parameters of LoRA, LoRI-D and LoRI-S as three bars with their numbers; the formula is the tooltip of each bar.
class BudgetBar final : public QWidget {
    Q_OBJECT

public:
    explicit BudgetBar(QWidget* parent = nullptr);
    void setBudget(const experiment::Figure& lora, const experiment::Figure& loriD, const experiment::Figure& loriS);
    void clear();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect rowRect(int row) const;
    experiment::Figure m_figures[3];
    bool m_known = false;
};

} // namespace lori::ui
