// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/result.h"
#include "ui/pages/experiment/sweep_values.h"

#include <QDialog>
#include <QTemporaryFile>

#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace lori::ui {

class NumberField;

/// Asks which values of sparsity, rank, learning rate and seed to train at, every combination once, and says what that costs
/// before anything is begun. The engine counts (`lori sweep --plan`): what was trained before is not trained again.
class SweepDialog final : public QDialog {
    Q_OBJECT

public:
    SweepDialog(const experiment::RunConfig& config, QWidget* parent);

    /// Fields with at least one value, in the order of the form.
    [[nodiscard]] std::vector<SweepField> fields() const;

Q_SIGNALS:
    /// A person wants these trainings, at once or when their turn comes.
    void chosen(const std::vector<lori::ui::SweepField>& over, bool queue);

private:
    void addList(QGridLayout& grid, const char* name, const std::string& key, const QString& label, const QString& why,
                 TypedNumber::Kind kind, double low, double high, const QString& example);
    void addRepetitions(QGridLayout& grid);
    void makeButtons();
    void check();
    void ask();
    void show(const Result<nlohmann::json>& plan);

    struct List {
        std::string key;
        TypedNumber::Kind kind;
        double low = 0;
        double high = 0;
        QString name;
        QLineEdit* text = nullptr;
    };
    [[nodiscard]] SweepValues read(const List& list) const;
    [[nodiscard]] QString problem() const;

    experiment::RunConfig m_config;
    QTemporaryFile m_file; ///< the configuration, for the engine to read
    std::vector<List> m_lists;
    NumberField* m_repetitions = nullptr;
    QLabel* m_cost = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_queue = nullptr;
    QTimer* m_wait = nullptr;
    int m_asked = 0; ///< answers to older questions are dropped
};

} // namespace lori::ui
