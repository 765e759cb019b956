// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison as a file, and as pictures; runs that are dragged here.
#include "ui/frame/message_bar.h"
#include "ui/models/run_drag.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/comparison_report.h"
#include "ui/pages/compare/run_tray.h"

#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QPushButton>
#include <QRubberBand>
#include <QTabWidget>
#include <QUrl>

namespace lori::ui {

void ComparePage::updateSave()
{
    const bool ready = m_comparison != nullptr;
    m_save->setEnabled(ready && !m_saving.isRunning());
    m_save->setToolTip(!ready                 ? tr("Choose runs to compare first.")
                       : m_saving.isRunning() ? tr("The report is being written …")
                                              : tr("Scores, settings, answers, curves and masks as one page (HTML) or on paper "
                                                   "(PDF), or the scores as a table (CSV, LaTeX)"));
}

void ComparePage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!runsIn(*event->mimeData()).isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        m_dropPlace->setGeometry(m_tray->geometry().translated(m_tray->parentWidget()->pos()));
        m_dropPlace->show();
        m_dropPlace->raise();
    }
}

void ComparePage::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    m_dropPlace->hide();
}

void ComparePage::dropEvent(QDropEvent* event)
{
    m_dropPlace->hide();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    compare(m_runs + runsIn(*event->mimeData()));
}

void ComparePage::save()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save report"), QStringLiteral("comparison.html"),
                                                      tr("Report (*.html);;Report on paper (*.pdf);;Scores as a table "
                                                         "(*.csv);;Scores for LaTeX (*.tex)"));
    if (!file.isEmpty()) {
        saveAs(QFileInfo(file).suffix().isEmpty() ? file + QStringLiteral(".html") : file); // no ending: the first kind
    }
}

void ComparePage::saveAs(const QString& file)
{
    if (m_comparison == nullptr || m_saving.isRunning()) {
        return;
    }
    m_saving.start([shown = m_comparison, history = m_context.home.historyFile(),
                    file](const BackgroundJob::Cancelled&) { return saveReport(*shown, history, file); },
                   [this, file](const Result<void>& saved) {
                       updateSave();
                       if (!saved) {
                           m_context.messages->post(saved.error());
                           return;
                       }
                       m_context.messages->post(Tone::Quiet, tr("Saved: %1").arg(file),
                                                {{tr("Open"), [file] {
                                                      QDesktopServices::openUrl(QUrl::fromLocalFile(file));
                                                  }}});
                   });
    updateSave();
}

std::vector<PageView> ComparePage::views(const QString& runId)
{
    const auto choose = [this, runId] {
        if (m_runs.isEmpty()) {
            QStringList runs;
            for (const database::RunSummary& run : finishedRuns(2)) {
                runs.prepend(QString::fromStdString(run.id));
            }
            compare(runs.isEmpty() && !runId.isEmpty() ? QStringList{runId} : runs);
        }
    };
    const auto tab = [this, choose](int place) {
        return [this, choose, place] {
            choose();
            m_tabs->setCurrentIndex(place);
        };
    };
    return {{QString(),
             [] {
             }},
            {QStringLiteral("scores"), tab(0)},
            {QStringLiteral("settings"), tab(1)},
            {QStringLiteral("curves"), tab(2)},
            {QStringLiteral("answers"), tab(3)},
            {QStringLiteral("masks"), tab(4)}};
}

} // namespace lori::ui
