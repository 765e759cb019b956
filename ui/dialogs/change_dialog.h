// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/stage_change.h"

#include <QDialog>

#include <optional>
#include <vector>

class QBoxLayout;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lori::ui {

class NumberField;
class RunProgress;

/// What of a training stage can be changed while it is at work, as it is now.
struct StageNow {
    QString stage; ///< its name, for people
    double learningRate = 0;
    std::int64_t steps = 0;
    std::int64_t stepsDone = 0;
    std::int64_t evaluateEvery = 0;
};

/// The stage at work, or that was last; nothing when no stage has trained yet.
[[nodiscard]] std::optional<StageNow> stageNow(const RunProgress& progress);

/// Asks for the learning rate, length and rhythm of checks that a run shall have from its next step on; or, as a branch, for
/// those of a new run that goes on from a checkpoint of this one.
class ChangeDialog final : public QDialog {
    Q_OBJECT

public:
    enum class Purpose { AtWork, Branch };

    /// `name`: what the new run is called at first; for a Branch.
    ChangeDialog(Purpose purpose, const StageNow& now, const QString& name, QWidget* parent);
    /// Shows another learning rate than the one that it is now.
    void suggestLearningRate(double value);

Q_SIGNALS:
    /// What differs from how it is now, at least one entry unless it is a branch; `name` for a branch.
    void chosen(const std::vector<lori::experiment::StageChange>& changes, const QString& name);

private:
    void addField(QBoxLayout* column, const QString& label, const QString& why, experiment::Setting what, double now, double low,
                  double high);
    [[nodiscard]] QDialogButtonBox* makeButtons();
    void check();
    [[nodiscard]] std::vector<experiment::StageChange> changes() const;

    struct Field {
        experiment::Setting what;
        double now = 0;
        NumberField* field = nullptr;
    };
    Purpose m_purpose;
    StageNow m_now;
    std::vector<Field> m_fields;
    QLineEdit* m_name = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_set = nullptr;
};

} // namespace lori::ui
