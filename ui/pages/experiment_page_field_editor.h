// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/experiment_page_fields.h"

#include <nlohmann/json_fwd.hpp>

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace lori::ui {

/// The editor of one FieldSpec: a spin box, a line, a list of choices … It shows a JSON value and gives back JSON text.
class FieldEditor final : public QWidget {
    Q_OBJECT

public:
    explicit FieldEditor(FieldSpec spec, QWidget* parent = nullptr);

    [[nodiscard]] const FieldSpec& spec() const { return m_spec; }
    /// The widget that takes the focus; the label's buddy.
    [[nodiscard]] QWidget* input() const { return m_input; }
    /// Shows a value without emitting edited(); leaves alone what a person is typing when it means the same.
    void show(const nlohmann::json& value);
    /// Marks the field with what is wrong, or as changed from `before`, for eyes and screen readers.
    void setProblem(const QString& problem);

Q_SIGNALS:
    void edited(const QString& path, const QString& jsonText);

private:
    void build();
    void buildLine(QHBoxLayout* row);
    void buildWhole(QHBoxLayout* row);
    void buildShare(QHBoxLayout* row);
    void buildChoice(QHBoxLayout* row);
    void buildFile(QHBoxLayout* row);
    void buildProjections(QHBoxLayout* row);
    void buildTasks(QHBoxLayout* row);
    void buildSafetyFloor(QHBoxLayout* row);
    void tell(const QString& jsonText);
    void describe(QWidget* widget) const;

    FieldSpec m_spec;
    QWidget* m_input = nullptr;
    std::function<void(const nlohmann::json&)> m_show;
    bool m_showing = false;
};

} // namespace lori::ui
