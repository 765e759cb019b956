// SPDX-License-Identifier: GPL-3.0-or-later
// Files from outside: dropped on the window, named at the start, or handed over by a second start.
#include "ui/frame/message_bar.h"
#include "ui/main_window.h"
#include "ui/pages/page.h"
#include "ui/services/opened_files.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>

#include <algorithm>

namespace lori::ui {

void MainWindow::openFiles(const QStringList& files)
{
    QStringList unknown;
    for (const QString& file : files) {
        const auto place = OpenedFiles::placeOf(file);
        if (auto* page = place ? dynamic_cast<FileOpener*>(this->page(place->page)) : nullptr) {
            page->openFile(place->path);
            showPage(place->page);
        } else {
            unknown << file;
        }
    }
    if (!unknown.isEmpty()) {
        m_context.messages->post(
            Tone::Caution,
            QFileInfo::exists(unknown.front())
                ? tr("%1 is nothing that opens here. What does: recipes, .lori files, folders of runs, adapters and "
                     "models, GGUF files, and rows as .jsonl, .json, .csv, .tsv, .parquet or .arrow.")
                      .arg(unknown.front())
                : tr("There is no file %1. Check its name and place.").arg(unknown.front()));
    }
}

void MainWindow::askForFiles()
{
    auto* dialog = new QFileDialog(this, tr("Open"));
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("All that opens here (*.json *.jsonl *.ndjson *.csv *.tsv *.parquet *.arrow *.feather *.gz *.gguf "
                               "*.safetensors *.lori)"),
                            tr("Recipes (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::openFiles);
    dialog->open();
}

void MainWindow::comeForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QStringList files = OpenedFiles::dragged(*event->mimeData());
    const bool isKnown =
        std::any_of(files.begin(), files.end(), [](const QString& file) { return OpenedFiles::placeOf(file).has_value(); });
    event->setAccepted(isKnown);
    if (isKnown) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event)
{
    openFiles(OpenedFiles::dragged(*event->mimeData()));
    event->acceptProposedAction();
}

} // namespace lori::ui
