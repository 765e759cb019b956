// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/file_choosers.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>

namespace lori::ui {

void FileChoosers::addModels(QPushButton& button, const std::function<void(const QString& path)>& chosen)
{
    auto* menu = new QMenu(&button);
    const auto add = [&](const QString& text, const char* name, const std::function<QString()>& ask) {
        QAction* action = menu->addAction(text, menu, [ask, chosen] {
            if (const QString path = ask(); !path.isEmpty()) {
                chosen(path);
            }
        });
        action->setObjectName(QLatin1String(name));
    };
    add(tr("&Folder (Hugging Face)…"), "chooseModelFolder",
        [&button] { return QFileDialog::getExistingDirectory(&button, tr("Choose a model's folder")); });
    add(tr("&GGUF file…"), "chooseModelFile", [&button] {
        return QFileDialog::getOpenFileName(&button, tr("Choose a model"), {}, tr("Models (*.gguf);;All files (*)"));
    });
    button.setMenu(menu);
}

namespace {

/// Asks without waiting; the dialog ends with its answer.
void askFor(QFileDialog* dialog, const char* name, QFileDialog::FileMode mode,
            const std::function<void(const QString& path)>& chosen)
{
    dialog->setObjectName(QLatin1String(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [chosen](const QString& path) {
        if (!path.isEmpty()) {
            chosen(path);
        }
    });
    dialog->open();
}

} // namespace

void FileChoosers::findModel(QWidget* parent, const QString& name, bool isFile,
                             const std::function<void(const QString& path)>& chosen)
{
    auto* dialog = new QFileDialog(parent, tr("Where is %1 now?").arg(name));
    if (isFile) {
        dialog->setNameFilters({tr("Models (*.gguf)"), tr("All files (*)")});
    }
    askFor(dialog, "findModelDialog", isFile ? QFileDialog::ExistingFile : QFileDialog::Directory, chosen);
}

void FileChoosers::findRows(QWidget* parent, const QString& gone, const std::function<void(const QString& path)>& chosen)
{
    const QFileInfo place(gone);
    auto* dialog = new QFileDialog(parent, tr("Where is %1 now?").arg(place.fileName()), place.absolutePath());
    dialog->setNameFilters({tr("Data files (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow)"), tr("All files (*)")});
    askFor(dialog, "findRowsDialog", QFileDialog::ExistingFile, chosen);
}

QString FileChoosers::askRows(QWidget* parent, const QString& from)
{
    return QFileDialog::getOpenFileName(parent, tr("Choose a data file"), from,
                                        tr("Data files (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow);;All files (*)"));
}

} // namespace lori::ui
