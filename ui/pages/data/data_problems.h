// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/data_reading.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableWidget;

namespace lori::ui {

class DataImport;
class StillProgressBar;

/// Every row that cannot be used, why, and its text; what can be done about them.
class DataProblems final : public QWidget {
    Q_OBJECT

public:
    /// `import` outlives this widget.
    DataProblems(DataImport& import, QWidget* parent);

    void show(const DataContent& content);
    /// Writes the broken rows; says here what became of it.
    void saveAs(const QString& file);

Q_SIGNALS:
    void leaveOutRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void chooseFile();
    void showState();
    void retranslate();

    DataImport& m_import;
    DataContent m_content;
    QLabel* m_title = nullptr;
    QTableWidget* m_table = nullptr;
    QPushButton* m_leaveOut = nullptr;
    QPushButton* m_save = nullptr;
    StillProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_said = nullptr;
    QString m_saved; ///< what was said last about a saved file or an import, already in the window's language
};

} // namespace lori::ui
