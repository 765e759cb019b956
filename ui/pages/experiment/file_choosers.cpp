// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/file_choosers.h"

#include <QAction>
#include <QFileDialog>
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

QString FileChoosers::askRows(QWidget* parent, const QString& from)
{
    return QFileDialog::getOpenFileName(parent, tr("Choose a data file"), from,
                                        tr("Data files (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow);;All files (*)"));
}

} // namespace lori::ui
