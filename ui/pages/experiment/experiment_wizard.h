// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/experiment/preview.h"

#include <QWizard>

#include <functional>
#include <string>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QListWidget;
class QSlider;

namespace lori::ui {

class ExperimentDraft;
class ModelLibrary;
class NumberField;
class TaskCatalog;

/// Sets an experiment up in five questions, one after the other: what to learn, which model, how sparse, how long, and a last
/// look. Each answer goes into the draft at once, so the form behind it follows; leaving it half-way puts the draft back.
class ExperimentWizard final : public QWizard {
    Q_OBJECT

public:
    /// How long an experiment would take here, in seconds; below 0 when that is not known.
    using Seconds = std::function<double(const experiment::RunConfig& config)>;

    /// Draft, catalog and models outlive the wizard.
    ExperimentWizard(ExperimentDraft& draft, const TaskCatalog& tasks, const ModelLibrary& models, Seconds seconds,
                     QWidget* parent);
    /// What the last page shows.
    void show(const ExperimentPreview::Content& content);

Q_SIGNALS:
    void startRequested();
    /// The wizard closed; the form shows this field.
    void problemChosen(const QString& path);

private:
    QWizardPage* makeTask();
    QWizardPage* makeModel();
    QWizardPage* makeGoal();
    QWizardPage* makeDuration();
    QWizardPage* makeLook();
    void fillTasks();
    void fillModels();
    void showDraft();
    void showTimes();
    void takeFile(const QString& file);

    ExperimentDraft& m_draft;
    const TaskCatalog& m_tasks;
    const ModelLibrary& m_models;
    Seconds m_seconds;
    experiment::RunConfig m_before; ///< to go back to
    QListWidget* m_task = nullptr;
    QListWidget* m_model = nullptr;
    QButtonGroup* m_goal = nullptr;
    QWidget* m_sparsityRow = nullptr;
    QSlider* m_sparsity = nullptr;
    NumberField* m_sparsityValue = nullptr;
    QButtonGroup* m_duration = nullptr;
    QLabel* m_times[3] = {};
    QLineEdit* m_name = nullptr;
    ExperimentPreview* m_preview = nullptr;
    bool m_showing = false;
};

} // namespace lori::ui
