// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

#include <vector>

class QPushButton;
class QTableWidget;

namespace lori::ui {

/// What of an experiment differs from how it began, each line with its way back. Follows the experiment while it is open.
class ChangesDialog final : public QDialog {
    Q_OBJECT

public:
    struct Row {
        QString path; ///< of the recipe
        QString name; ///< of the field, for people
        QString was;  ///< in words; "" where there was none
        QString now;
        QString json; ///< the value at the beginning as the recipe has it; null where it cannot be put back alone
    };

    explicit ChangesDialog(QWidget* parent = nullptr);
    /// The selection stays on its row number, so that Set back can be pressed again and again.
    void setRows(std::vector<Row> rows);

Q_SIGNALS:
    void backRequested(const lori::ui::ChangesDialog::Row& row);
    /// Go to the field.
    void shown(const QString& path);

private:
    [[nodiscard]] const Row* current() const;
    void enableButtons();

    std::vector<Row> m_rows;
    QTableWidget* m_table = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_show = nullptr;
};

} // namespace lori::ui
