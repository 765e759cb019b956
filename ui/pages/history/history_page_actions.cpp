// SPDX-License-Identifier: GPL-3.0-or-later
// What the history page does with the selected runs and the rows shown.
#include "ui/frame/message_bar.h"
#include "ui/models/history_filter.h"
#include "ui/models/history_model.h"
#include "ui/pages/history/history_bundles.h"
#include "ui/pages/history/history_details.h"
#include "ui/pages/history/history_page.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"
#include "ui/services/run_settings.h"
#include "ui/widgets/filter_header.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>
#include <QTableView>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {

void HistoryPage::open()
{
    if (m_open->isEnabled()) {
        m_context.pages->go(intents::OpenRun{selectedRun()});
    }
}

void HistoryPage::resume()
{
    const QString run = selectedRun();
    if (const auto resumed = m_context.runs->resume(run); !resumed) {
        m_context.messages->post(resumed.error());
        return;
    }
    m_context.pages->go(intents::OpenRun{run});
}

void HistoryPage::compare()
{
    QStringList runs = selectedRuns();
    if (m_compare->isEnabled() && !runs.isEmpty()) {
        std::reverse(runs.begin(), runs.end()); // the table begins with the newest; the oldest is the baseline
        m_context.pages->go(intents::CompareRuns{runs});
    }
}

void HistoryPage::duplicate()
{
    const auto detail = m_context.history->find(selectedRun());
    const auto config = detail ? RunSettings::copyOf(*detail) : Result<experiment::RunConfig>(detail.error());
    if (!config) {
        m_context.messages->post(config.error());
        return;
    }
    m_context.pages->go(intents::EditRecipe{*config});
}

void HistoryPage::rename()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid()) {
        m_table->setFocus();
        const QModelIndex name = current.siblingAtColumn(HistoryModel::Name);
        m_table->setCurrentIndex(name); // a cell out of sight cannot be edited
        m_table->scrollTo(name);
        const bool isEditing = m_table->viewport()->findChild<QLineEdit*>() != nullptr;
        if (!isEditing && (name.flags() & Qt::ItemIsEditable) != 0 && !m_table->isColumnHidden(HistoryModel::Name)) {
            m_table->edit(name);
        }
    }
}

void HistoryPage::moveToTrash()
{
    m_details->commitEdits();
    m_trashing.clear();
    m_trashed.clear();
    const QStringList chosen = selectedRuns();
    for (const QString& run : chosen) {
        const QModelIndex row = m_model->index(m_model->rowOf(run), HistoryModel::Name);
        m_trashing.insert(run, row.data().toString());
    }
    for (const QString& run : chosen) {
        m_context.runs->forget(run);
        m_context.history->moveToTrash(run); // the service says when it is done, or why not
    }
}

/// One message for all that went at once; each of them takes the place of the one before.
void HistoryPage::sayTrashed(const QString& run)
{
    const QString name = m_trashing.take(run);
    if (name.isNull()) {
        return;
    }
    m_trashed << run;
    const int count = static_cast<int>(m_trashed.size());
    const auto undo = [this, runs = m_trashed] {
        for (const QString& one : runs) {
            m_context.history->restore(one);
        }
    };
    m_context.messages->post(Tone::Quiet,
                             count == 1 ? tr("%1 is in the trash.").arg(name) : tr("%n run(s) are in the trash.", nullptr, count),
                             {{tr("Undo"), undo}});
}

void HistoryPage::restore()
{
    for (const QString& run : selectedRuns()) {
        m_context.history->restore(run);
    }
}

QList<int> HistoryPage::visibleColumns() const
{
    QList<int> columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (!m_header->isSectionHidden(column)) {
            columns << column;
        }
    }
    return columns;
}

void HistoryPage::exportCsv()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Export rows"), QStringLiteral("history.csv"), tr("Table (*.csv)"));
    if (!file.isEmpty()) {
        saveRows(QFileInfo(file).suffix().isEmpty() ? file + QStringLiteral(".csv") : file);
    }
}

void HistoryPage::makeBundleActions()
{
    m_bundles = new HistoryBundles(m_context, this);
    m_bundle = new QAction(this);
    m_bundle->setObjectName(QStringLiteral("historyBundle"));
    auto* menu = new QMenu(this);
    m_bundle->setMenu(menu);
    m_bundleResults = menu->addAction({}, this, [this] { exportBundle(false); });
    m_bundleResults->setObjectName(QStringLiteral("historyBundleResults"));
    m_bundleAdapters = menu->addAction({}, this, [this] { exportBundle(true); });
    m_bundleAdapters->setObjectName(QStringLiteral("historyBundleAdapters"));
    m_tools->addAction(m_bundle);
    if (auto* button = qobject_cast<QToolButton*>(m_tools->widgetForAction(m_bundle))) {
        button->setPopupMode(QToolButton::InstantPopup);
    }
    m_import = new QAction(this);
    m_import->setObjectName(QStringLiteral("historyImport"));
    connect(m_import, &QAction::triggered, m_bundles, &HistoryBundles::chooseImport);
    m_tools->addAction(m_import);
    connect(m_bundles, &HistoryBundles::arrived, this, [this](const QString& run) {
        m_wanted = run;
        reload();
    });
}

void HistoryPage::exportBundle(bool withAdapters)
{
    m_details->commitEdits();
    const QStringList runs = selectedRuns();
    const QModelIndex first = m_model->index(m_model->rowOf(runs.value(0)), HistoryModel::Name);
    m_bundles->chooseExport(runs, runs.size() == 1 ? first.data().toString() : tr("runs"), withAdapters);
}

void HistoryPage::saveRows(const QString& file)
{
    if (QFileInfo(file).suffix().toLower() != QLatin1String("csv")) {
        m_context.messages->post(Tone::Alarm,
                                 tr("%1 was not written: rows are saved as .csv, which every table program opens").arg(file));
        return;
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(m_filter->toCsv(visibleColumns()).toUtf8()) < 0 || !out.commit()) {
        m_context.messages->post(Tone::Alarm, tr("Cannot save %1: %2").arg(file, out.errorString()));
        return;
    }
    m_context.messages->post(Tone::Quiet, tr("Saved: %1").arg(file));
}

} // namespace lori::ui
