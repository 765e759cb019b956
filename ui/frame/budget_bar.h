// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"

#include <QString>
#include <QWidget>

#include <vector>

class QPainter;

namespace lori::ui {

/// Parameters as bars with their numbers, of the base model and of what each method trains; the formula is the tooltip of each
/// bar. A method trains a hundredth of the base or less: the lengths are logarithmic, with a mark at each power of ten.
class BudgetBar final : public QWidget {
    Q_OBJECT

public:
    explicit BudgetBar(QWidget* parent = nullptr);
    struct Row {
        QString name; ///< of the base model or the method
        experiment::Figure figure;
    };
    /// The base model's row, LoRA's to compare with, and a row for each method that the experiment trains.
    void setBudget(std::vector<Row> rows);
    /// Nothing is known: the rows stay, without numbers.
    void clear();
    /// The share of the whole length that a number of parameters has; 0 for none.
    [[nodiscard]] double lengthOf(double parameters) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect rowRect(std::size_t row) const;
    void paintMarks(QPainter& painter, const QRectF& groove) const;
    std::vector<Row> m_rows{{QStringLiteral("LoRA"), {}}};
    double m_lowest = 0;  ///< exponent of ten at which the bars begin: one below the smallest number
    double m_highest = 1; ///< of the largest number
    bool m_known = false;
};

} // namespace lori::ui
