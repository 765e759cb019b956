// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/experiment/fields.h"
#include "ui/services/task_catalog.h"

#include <nlohmann/json_fwd.hpp>

#include <QHash>
#include <QWidget>

#include <functional>

class QCompleter;
class QHBoxLayout;
class QLabel;

namespace lori::ui {

class NumberField;

/// The editor of one FieldSpec: a number, a line, a list of choices … It shows a JSON value and gives back JSON text, and says
/// beside the field what is wrong with it.
class FieldEditor final : public QWidget {
    Q_OBJECT

public:
    /// `tasks`: what fields of the kinds Task and Tasks offer.
    FieldEditor(FieldSpec spec, const std::vector<TaskChoice>& tasks, QWidget* parent = nullptr);

    [[nodiscard]] const FieldSpec& spec() const { return m_spec; }
    /// The widget that takes the focus; the label's buddy.
    [[nodiscard]] QWidget* input() const { return m_input; }
    /// The widget for a path of this field or below it ("evaluation.tasks.safety.limit"), input() where it has none of its own.
    [[nodiscard]] QWidget* inputFor(const QString& path) const;
    /// Shows a value without emitting edited(); leaves alone what a person is typing when it means the same. `typed` gives the
    /// text that a person left in the field with this path and that is no number, or an empty one: such a field keeps it.
    void show(const nlohmann::json& value, const std::function<QString(const QString& path)>& typed);
    /// Says behind a number that another field decides; it can be typed all the same.
    void setUnused(bool unused);
    /// What is wrong, by path, for eyes and screen readers; an empty one when all is right.
    void setProblems(const QHash<QString, QString>& problems);

    /// Words to choose from in a line of text: the columns of the chosen file. Anything else may be typed all the same.
    void suggest(const QStringList& words);

Q_SIGNALS:
    void edited(const QString& path, const QString& jsonText);
    /// A number field of `field` holds a text that is no number; with an empty `problem` it no longer does.
    void unreadable(const QString& path, const QString& field, const QString& text, const QString& problem);

private:
    void build(QHBoxLayout* row, const std::vector<TaskChoice>& tasks);
    void buildLine(QHBoxLayout* row);
    void buildNumber(QHBoxLayout* row);
    void buildChoice(QHBoxLayout* row);
    void buildFile(QHBoxLayout* row);
    void buildProjections(QHBoxLayout* row);
    void buildTask(QHBoxLayout* row, const std::vector<TaskChoice>& tasks);
    void buildTasks(QHBoxLayout* row, const std::vector<TaskChoice>& tasks);
    void buildSafetyFloor(QHBoxLayout* row);
    /// A number field that has its own path; `send` gets every number as JSON.
    NumberField* addNumber(const QString& path, int kind, const std::function<void(const QString& json)>& send);
    void tell(const QString& jsonText);
    void describe(QWidget* widget) const;
    void paint(QWidget* widget, const QString& problem) const;

    FieldSpec m_spec;
    QWidget* m_input = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_unused = nullptr;             ///< of a number
    QHash<QString, NumberField*> m_numbers; ///< by path
    std::function<void(const nlohmann::json&)> m_show;
    QCompleter* m_words = nullptr; ///< of a line with suggestions
    bool m_showing = false;
};

} // namespace lori::ui
