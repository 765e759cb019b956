// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QStringList>

#include <vector>

class QComboBox;

namespace lori::ui {

/// A table's horizontal header with a drop-down under each title: what the column is used for.
class RoleHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit RoleHeader(QWidget* parent = nullptr);

    /// What can be chosen; the last one means "not used".
    void setChoices(const QStringList& choices);
    /// Makes one drop-down a column; call after the model was set or reset, and when titles change.
    void makeFields();
    /// The place in the choices that each column has. `proposed` ones are bold: nobody chose them.
    void setRoles(const std::vector<int>& roles, bool proposed);
    /// Roles that cannot be changed, with the reason as a tool tip; "" for those that can.
    void setFixed(const QString& reason);
    [[nodiscard]] QComboBox* field(int column) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// A person chose.
    void roleChosen(int column, int role);
    /// A drop-down got the focus: its column should be in sight.
    void columnFocused(int column);

protected:
    void updateGeometries() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void placeFields();
    void describe(int column);

    QStringList m_choices;
    QString m_fixed;
    bool m_proposed = false;
    std::vector<QComboBox*> m_fields;
};

} // namespace lori::ui
