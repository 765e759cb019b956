// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/config_issue.h"
#include "core/experiment/run_config.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;

namespace lori::ui {

class ExperimentDraft;
class ModelLibrary;
class NumberField;
class TaskCatalog;

/// The seven choices of the simple form: model, task, goal, sparsity, duration, name, purpose. A configuration that a choice
/// cannot express shows as "Custom" and stays as it is.
class ExperimentSimpleForm final : public QWidget {
    Q_OBJECT

public:
    /// All outlive the form; the library is asked again whenever the form is shown.
    ExperimentSimpleForm(ExperimentDraft& draft, const TaskCatalog& tasks, ModelLibrary& models, QWidget* parent = nullptr);

    /// The widget that shows what a path of the configuration holds, or nullptr.
    [[nodiscard]] QWidget* widgetFor(const QString& path) const;
    void showProblems(const std::vector<experiment::ConfigIssue>& issues);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connectEdits();
    void retranslate();
    void fillChoices();
    void fillModels();
    void showConfig();
    [[nodiscard]] QString sparsityPath() const;
    void chooseTask(const QString& task);
    void chooseGoal(int goal);
    void chooseDuration(int duration);
    void describe(QWidget* widget, const QString& name, const QString& tip, const QString& range) const;

    ExperimentDraft& m_draft;
    const TaskCatalog& m_tasks;
    ModelLibrary& m_models;
    QLabel* m_labels[7] = {};
    QComboBox* m_model = nullptr;
    QPushButton* m_browse = nullptr;
    QComboBox* m_task = nullptr;
    QComboBox* m_goal = nullptr;
    QSlider* m_sparsity = nullptr;
    NumberField* m_sparsityValue = nullptr;
    QLabel* m_scope = nullptr; ///< only when it is not the usual one
    QComboBox* m_duration = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_purpose = nullptr;
    bool m_showing = false;
};

} // namespace lori::ui
