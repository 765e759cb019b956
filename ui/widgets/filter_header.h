// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

#include <vector>

class QLineEdit;

namespace lori::ui {

/// A table's horizontal header with a filter field under each title.
class FilterHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit FilterHeader(QWidget* parent = nullptr);
    /// Makes one field a column; call after the model was set, and again when titles change.
    void makeFields();
    void clearFields();
    /// Marks a field whose text cannot be understood, with a reason.
    void setFieldValid(int column, bool valid);
    [[nodiscard]] QLineEdit* field(int column) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void filterChanged(int column, const QString& text);

protected:
    void updateGeometries() override;

private:
    void placeFields();
    std::vector<QLineEdit*> m_fields;
};

} // namespace lori::ui
