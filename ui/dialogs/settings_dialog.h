// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/app_context.h"
#include "ui/services/background_job.h"

#include <QDialog>
#include <QList>
#include <QStringList>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lori::ui {

/// What lies in the trash.
struct TrashContent {
    QStringList runs; ///< ids
    std::int64_t bytes = 0;
};

/// Every choice about the window itself: look, language, where files are, the trash. What is chosen holds at once; words typed
/// on top leave only the lines that speak of them.
class SettingsDialog final : public QDialog {
    Q_OBJECT

public:
    SettingsDialog(AppContext& context, QWidget* parent);

    /// What there is to set, in the window's language, in the order of the dialog.
    [[nodiscard]] static QStringList names();
    /// As if these words were typed on top.
    void find(const QString& words);

Q_SIGNALS:
    void lookChosen(int look);                ///< a Look
    void languageChosen(const QString& name); ///< "", "en", "zh_CN"
    void folderRequested();                   ///< show the files' folder
    void otherFolderRequested();              ///< work in another one
    void resetRequested();                    ///< window layout as at first

private:
    /// One line of the form with the words it is found by.
    struct Line {
        QString words;
        QList<QWidget*> widgets;
    };
    void add(QFormLayout* form, const QString& title, QWidget* field, const QString& explanation);
    void buildLook(QFormLayout* form);
    void buildTraining(QFormLayout* form);
    void buildFiles(QFormLayout* form);
    void buildTrash(QFormLayout* form);
    void search(const QString& text);
    void lookAtTrash();
    void askToEmpty();

    AppContext& m_context;
    QLineEdit* m_search = nullptr;
    QLabel* m_trashText = nullptr;
    QPushButton* m_empty = nullptr;
    QPushButton* m_emptyReally = nullptr;
    TrashContent m_trash;
    BackgroundJob m_counting;
    std::vector<Line> m_lines;
};

} // namespace lori::ui
