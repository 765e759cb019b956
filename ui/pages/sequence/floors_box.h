// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/frame/card.h"

#include <functional>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;

namespace lori::ui {

class NumberField;

/// What is measured, and below which fall the run pauses: a row for each measured task. How many rows are measured, and how
/// often.
class FloorsBox final : public Card {
    Q_OBJECT

public:
    explicit FloorsBox(QWidget* parent = nullptr);
    void show(const experiment::SequenceConfig& config);

Q_SIGNALS:
    void edited(const QString& undoText, const std::function<void(lori::experiment::SequenceConfig&)>& change);
    /// A number cannot be read; with an empty problem it can again.
    void unreadable(const QString& part, const QString& problem);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        std::string task;
        QCheckBox* watched = nullptr;
        NumberField* points = nullptr;
    };
    void addRow();
    NumberField* addNumber(const QString& name, int kind, double low, double high);
    void retranslate();
    void showRow(Row& row);

    experiment::SequenceConfig m_config;
    QLabel* m_title = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_taskTitle = nullptr;
    QLabel* m_pointsTitle = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<Row> m_rows;
    QLabel* m_everyLabel = nullptr;
    NumberField* m_every = nullptr;
    QLabel* m_limitLabel = nullptr;
    NumberField* m_limit = nullptr;
};

} // namespace lori::ui
