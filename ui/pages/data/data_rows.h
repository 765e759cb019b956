// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/data_config.h"
#include "ui/services/background_job.h"
#include "ui/services/data_reading.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace lori::ui {

class NumberField;
class RecordModel;
class RoleHeader;

/// The records of a source as they stand, two hundred at a time, with what each column is used for above it.
class DataRows final : public QWidget {
    Q_OBJECT

public:
    explicit DataRows(QWidget* parent);

    /// Reads the first records of a source.
    void open(const experiment::DataSource& source, const std::string& folder);
    void clear();
    /// What the columns are used for. `proposed`: found by their names, chosen by nobody. `fixed`: why they cannot be changed,
    /// "".
    void showRoles(const experiment::ColumnMapping& mapping, bool proposed, const QString& fixed);
    void showProblems(const DataContent& content);
    /// The chosen record; nullptr when none is.
    [[nodiscard]] const ShownRecord* current() const;
    [[nodiscard]] bool isReading() const { return m_job.isRunning(); }
    [[nodiscard]] const RecordPage& page() const;

Q_SIGNALS:
    void opened(); ///< page() is new
    void mappingChanged(const lori::experiment::ColumnMapping& mapping);
    void currentChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeTable();
    void read(RecordWish wish);
    void showPage(RecordPage page, bool isFirst);
    void jump();
    void search();
    void say(const QString& text);
    void retranslate();

    experiment::DataSource m_source;
    std::string m_folder;
    experiment::ColumnMapping m_mapping;
    bool m_proposed = true;
    QString m_fixed;
    BackgroundJob m_job;
    QLabel* m_hint = nullptr;
    RecordModel* m_model = nullptr;
    RoleHeader* m_header = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_jumpLabel = nullptr;
    NumberField* m_jump = nullptr;
    QLineEdit* m_search = nullptr;
    QToolButton* m_next = nullptr;
    QLabel* m_found = nullptr;
};

} // namespace lori::ui
