// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/config_issue.h"
#include "core/experiment/run_config.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace lori::ui {

class ExperimentDraft;
class FieldEditor;
class TaskCatalog;

/// Every field of the configuration, in sections. The sections follow the sources and stages that the configuration has.
class ExperimentAdvancedForm final : public QWidget {
    Q_OBJECT

public:
    /// The catalog outlives the form.
    ExperimentAdvancedForm(ExperimentDraft& draft, const TaskCatalog& tasks, QWidget* parent = nullptr);

    /// The input of the field with this path, or of the nearest field around it; nullptr when there is none.
    [[nodiscard]] QWidget* widgetFor(const QString& path) const;
    /// The column names of the file of a source, for its column fields.
    void suggestColumns(std::size_t source, const QStringList& names);
    void showProblems(const std::vector<experiment::ConfigIssue>& issues);
    /// Ends a search, so that every field can be seen.
    void endSearch();

Q_SIGNALS:
    /// A person wants to see this section from its top; its first field has the focus.
    void sectionChosen(QWidget* section);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        FieldEditor* editor = nullptr;
        QLabel* label = nullptr;
        QFormLayout* form = nullptr;
        QGroupBox* section = nullptr;
    };
    void showConfig();
    [[nodiscard]] FieldEditor* editorFor(const QString& path) const;
    void rebuild();
    void addSourceButtons(QVBoxLayout* column);
    void addStageButtons(QVBoxLayout* column);
    void addButtons(QVBoxLayout* column, const std::vector<QPushButton*>& buttons);
    /// Leaves the settings whose name, explanation, section or path in the recipe holds every word.
    void find(const QString& words);
    [[nodiscard]] QString shape() const;
    void fillSections();
    void goToSection(int index);

    ExperimentDraft& m_draft;
    const TaskCatalog& m_tasks;
    QLineEdit* m_find = nullptr;
    QComboBox* m_sections = nullptr; ///< the first entry says what it is for
    QWidget* m_body = nullptr;
    std::vector<QWidget*> m_buttons; ///< beneath sources and stages; out of the way while something is looked for
    QString m_shape;                 ///< the sections that are built now
    std::vector<Row> m_rows;
};

} // namespace lori::ui
