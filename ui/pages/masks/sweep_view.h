// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/masks/sweep_words.h"
#include "ui/services/background_job.h"
#include "ui/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;
class QTimer;

namespace lori::ui {

struct AppContext;
class PlotPanel;

/// Score against sparsity over the runs of a sweep, with intervals and the knee; a click or Enter on a point or a row asks for
/// that run's mask.
class SweepView final : public QWidget {
    Q_OBJECT

public:
    SweepView(AppContext& context, QWidget* parent);
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    [[nodiscard]] const std::vector<Sweep>& sweeps() const { return m_sweeps; }
    /// The knee of the shown curve; none while there is no curve.
    [[nodiscard]] std::optional<analysis::SweepKnee> knee() const { return m_knee; }

Q_SIGNALS:
    void maskAsked(const QString& runId);
    void shown(); ///< the history was read

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeBottom();
    void connectParts();
    void retranslate();
    void reload();
    void taken(const Result<std::vector<Sweep>>& found);
    void fillSweeps();
    void fillScores();
    void draw();
    void sayWhyThereIsNone();
    void fillRows(const Sweep& shown, const std::optional<ScoreKey>& what);
    void say(const QString& text, Tone tone);
    [[nodiscard]] const Sweep* sweep() const;
    [[nodiscard]] std::optional<ScoreKey> key() const;
    void openAt(double sparsityPercent);
    void openRow();
    void useRow();
    [[nodiscard]] const SweepRow* row() const;

    AppContext& m_context;
    BackgroundJob m_job;
    QTimer* m_later = nullptr; ///< the history changes often while a run is at work
    bool m_stale = true;
    std::optional<Error> m_error;
    std::vector<Sweep> m_sweeps;
    std::vector<ScoreKey> m_keys; ///< of the chosen sweep, as in m_score
    std::optional<analysis::SweepKnee> m_knee;
    QLabel* m_sweepLabel = nullptr;
    QComboBox* m_sweep = nullptr;
    QLabel* m_scoreLabel = nullptr;
    QComboBox* m_score = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_action = nullptr;
    QWidget* m_body = nullptr;
    PlotPanel* m_panel = nullptr;
    SweepTableModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace lori::ui
