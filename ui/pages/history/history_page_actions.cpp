// SPDX-License-Identifier: GPL-3.0-or-later
// What the history page does with the selected runs and the rows shown.
#include "ui/frame/message_bar.h"
#include "ui/models/history_filter.h"
#include "ui/models/history_model.h"
#include "ui/pages/history/history_bundles.h"
#include "ui/pages/history/history_details.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/history/parallel_runs.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"
#include "ui/services/run_settings.h"
#include "ui/widgets/filter_header.h"

#include <nlohmann/json.hpp>

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

void HistoryPage::showParallel()
{
    QStringList ids = selectedRuns();
    if (ids.size() < 2) {
        ids.clear();
        for (int row = 0; row < m_filter->rowCount(); ++row) {
            ids << m_filter->index(row, HistoryModel::Name).data(TableRole::Id).toString();
        }
    }
    if (ids.size() > ParallelRuns::kMost) {
        m_context.messages->post(
            Tone::Caution, tr("The first %1 of %n run(s) are drawn; more do not fit.", nullptr, static_cast<int>(ids.size()))
                               .arg(ParallelRuns::kMost));
    }
    std::vector<database::RunSummary> runs;
    for (const QString& id : ids.mid(0, ParallelRuns::kMost)) {
        if (const auto* run = m_model->run(m_model->index(m_model->rowOf(id), HistoryModel::Name))) {
            runs.push_back(*run);
        }
    }
    auto* dialog = new ParallelRuns(std::move(runs), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ParallelRuns::openAsked, this, [this, dialog](const QString& run) {
        dialog->close();
        m_context.pages->go(intents::OpenRun{run});
    });
    dialog->show();
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

/// All selected runs, or none of them any more when all are pinned.
void HistoryPage::pin()
{
    const QStringList runs = selectedRuns();
    const bool all = std::all_of(runs.begin(), runs.end(), [this](const QString& run) { return m_marks.pinned().contains(run); });
    if (const auto pinned = m_marks.pin(runs, !all); !pinned) {
        m_context.messages->post(pinned.error());
        return;
    }
    reload();
}

void HistoryPage::makeBaseline()
{
    const QString run = selectedRun();
    if (const auto set = m_marks.setBaseline(run == m_marks.baseline() ? QString() : run); !set) {
        m_context.messages->post(set.error());
        return;
    }
    reload();
}

void HistoryPage::updateMarkActions()
{
    const QStringList runs = selectedRuns();
    const bool all = !runs.isEmpty() &&
                     std::all_of(runs.begin(), runs.end(), [this](const QString& run) { return m_marks.pinned().contains(run); });
    const bool isBaseline = !selectedRun().isEmpty() && selectedRun() == m_marks.baseline();
    m_pin->setEnabled(!runs.isEmpty());
    m_pin->setText(all ? tr("Do not pin") : tr("Pin on top"));
    m_baseline->setEnabled(runs.size() == 1);
    m_baseline->setText(isBaseline ? tr("No baseline") : tr("Make baseline"));
    m_baseline->setToolTip(tr("Show how the scores of the other runs differ from those of this one"));
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

QByteArray HistoryPage::viewState() const
{
    nlohmann::json filters = nlohmann::json::object();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const QLineEdit* field = m_header->field(column);
        if (field != nullptr && !field->text().isEmpty()) {
            filters[m_model->headerData(column, Qt::Horizontal, TableRole::ColumnId).toString().toStdString()] =
                field->text().toStdString();
        }
    }
    const nlohmann::json state{
        {"search", m_search->text().toStdString()}, {"filters", std::move(filters)}, {"layout", m_layout->state().toStdString()}};
    return QByteArray::fromStdString(state.dump());
}

void HistoryPage::applyView(const QByteArray& state)
{
    const nlohmann::json view = nlohmann::json::parse(state.toStdString(), nullptr, false);
    const auto text = [](const nlohmann::json& from) {
        return from.is_string() ? QString::fromStdString(from.get<std::string>()) : QString();
    };
    if (!view.is_object()) {
        return;
    }
    m_search->setText(text(view.value("search", nlohmann::json())));
    m_header->clearFields();
    const nlohmann::json filters = view.value("filters", nlohmann::json::object()); // outlives the loop over it
    for (const auto& [id, filter] : filters.items()) {
        if (QLineEdit* field = m_header->field(m_model->columnOf(QString::fromStdString(id)))) {
            field->setText(text(filter));
        }
    }
    m_layout->restore(text(view.value("layout", nlohmann::json())).toUtf8());
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
