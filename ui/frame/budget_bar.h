// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace lori::ui {

/// Trainable parameters as bars with their numbers, one for each method; the formula is the tooltip of each bar.
class BudgetBar final : public QWidget {
    Q_OBJECT

public:
    explicit BudgetBar(QWidget* parent = nullptr);
    struct Row {
        QString name; ///< of the method
        experiment::Figure figure;
    };
    /// LoRA's row to compare with, and a row for each method that the experiment trains.
    void setBudget(std::vector<Row> rows);
    /// Nothing is known: the rows stay, without numbers.
    void clear();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect rowRect(std::size_t row) const;
    std::vector<Row> m_rows{{QStringLiteral("LoRA"), {}}};
    bool m_known = false;
};

} // namespace lori::ui
