// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "ui/services/row_lengths.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace lori::ui {

class NumberField;
class PlotPanel;
class StillProgressBar;

/// How long the rows are in the model's tokens, and how many of them a row length cuts. The length can be tried here, typed or
/// with the mark in the picture; the experiment keeps its own until it is told to use this one.
class DataLengths final : public QWidget {
    Q_OBJECT

public:
    /// `lengths` outlives this widget.
    DataLengths(RowLengths& lengths, QWidget* parent);

    /// The model and row length that are meant; a length that was tried here goes when the experiment's changes.
    void setConfig(const experiment::RunConfig& config);

Q_SIGNALS:
    /// The rows should be counted again after they were given up.
    void countRequested();
    /// The experiment shall have this row length.
    void useRequested(qint64 tokens);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showState();
    void showProgress();
    void showBars(const tasks::LengthStats& stats);
    void retranslate();
    void tryLimit(double tokens);

    RowLengths& m_lengths;
    QString m_model;
    std::int64_t m_configured = 0; ///< row length of the experiment
    std::int64_t m_limit = 0;      ///< that is tried
    std::int64_t m_barWidth = 1;   ///< tokens
    QLabel* m_limitLabel = nullptr;
    NumberField* m_limitField = nullptr;
    QPushButton* m_use = nullptr;
    QLabel* m_sentence = nullptr;
    PlotPanel* m_panel = nullptr;
    QLabel* m_note = nullptr;
    StillProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace lori::ui
