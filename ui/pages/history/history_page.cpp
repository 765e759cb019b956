// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/history_page.h"
#include "ui/services/error_text.h"

#include "core/jobs/job_life.h"
#include "ui/frame/layout_keeper.h"
#include "ui/models/history_filter.h"
#include "ui/models/history_model.h"
#include "ui/pages/history/history_bundles.h"
#include "ui/pages/history/history_details.h"
#include "ui/pages/history/history_views.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/preferences.h"
#include "ui/services/run_files.h"
#include "ui/services/run_service.h"
#include "ui/widgets/filter_header.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {
namespace {

/// Under which the arrangement of the columns is remembered.
QString layoutName()
{
    return QStringLiteral("history");
}

/// Width of a column at first, in average letters: its usual content, and its title.
int lettersOf(int column)
{
    switch (column) {
    case HistoryModel::Name:
        return 26;
    case HistoryModel::Created:
        return 20;
    case HistoryModel::Stages:
        return 23;
    case HistoryModel::Rank:
    case HistoryModel::Sparsity:
    case HistoryModel::Loss:
        return 11;
    default:
        return column < HistoryModel::FixedCount ? 14 : 20; // two values, or two words above them
    }
}

} // namespace

HistoryPage::HistoryPage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_marks(context.home.root / "history_marks.json"),
      m_model(new HistoryModel(this)),
      m_filter(new HistoryFilter(this))
{
    setObjectName(QStringLiteral("historyPage"));
    m_filter->setSourceModel(m_model);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("historySearch"));
    m_search->setClearButtonEnabled(true);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("historyCount"));
    makeActions();
    makeTable();
    m_details = new HistoryDetails(m_context, this);

    auto* top = new QHBoxLayout;
    top->addWidget(m_search, 1);
    top->addWidget(new HistoryViews(m_context,
                                    {[this] { return viewState(); },
                                     [this](const QByteArray& state) {
                                         applyView(state);
                                     }},
                                    this));
    top->addWidget(m_count);
    top->addWidget(m_columns);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("historySplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    m_details->hide(); // until a run is selected
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_tools);
    layout->addWidget(m_bundles);
    layout->addWidget(splitter, 1);

    connect(m_search, &QLineEdit::textChanged, m_filter, &HistoryFilter::setQuickText);
    connect(m_context.history, &HistoryService::changed, this, &HistoryPage::reload);
    connect(m_context.history, &HistoryService::trashed, this, &HistoryPage::sayTrashed);
    connect(m_model, &HistoryModel::renameRequested, m_context.history, &HistoryService::rename);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_filter, signal, this, &HistoryPage::updateCount);
        connect(m_filter, signal, this, &HistoryPage::updateActions); // what acts on all that are shown
    }
    connect(m_filter, &QAbstractItemModel::modelReset, this, &HistoryPage::updateCount);
    retranslate();
    updateActions();
}

HistoryPage::~HistoryPage()
{
    m_context.preferences->setLayout(layoutName(), m_layout->state());
}

void HistoryPage::makeActions()
{
    m_tools = new QToolBar(this);
    m_tools->setObjectName(QStringLiteral("historyTools"));
    const auto add = [this](const char* name, void (HistoryPage::*slot)(), const QKeySequence& key) {
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action); // its key is heard wherever the focus is on the page, not in the tool bar alone
        m_tools->addAction(action);
        return action;
    };
    m_open = add("historyOpen", &HistoryPage::open, {});
    m_resume = add("historyResume", &HistoryPage::resume, {});
    m_compare = add("historyCompare", &HistoryPage::compare, QKeySequence(Qt::CTRL | Qt::Key_D));
    m_parallel = add("historyParallel", &HistoryPage::showParallel, {});
    m_duplicate = add("historyDuplicate", &HistoryPage::duplicate, {});
    m_masks = new QAction(this);
    m_masks->setObjectName(QStringLiteral("historyMasks"));
    connect(m_masks, &QAction::triggered, this, [this] { m_context.pages->go(intents::ShowMasks{selectedRun()}); });
    m_tools->addAction(m_masks);
    m_rename = add("historyRename", &HistoryPage::rename, Qt::Key_F2);
    const auto mark = [this](const char* name, void (HistoryPage::*slot)()) { // of the right-click menu
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_pin = mark("historyPin", &HistoryPage::pin);
    m_baseline = mark("historyBaseline", &HistoryPage::makeBaseline);
    m_trash = add("historyTrash", &HistoryPage::moveToTrash, {});
    m_restore = add("historyRestore", &HistoryPage::restore, {});
    m_tools->addSeparator();
    m_export = add("historyExport", &HistoryPage::exportCsv, {});
    makeBundleActions();
    m_clear = new QAction(this);
    m_clear->setObjectName(QStringLiteral("historyClearFilters"));
    connect(m_clear, &QAction::triggered, this, [this] {
        m_search->clear();
        m_header->clearFields();
    });
    m_tools->addAction(m_clear);
    m_showTrash = new QAction(this);
    m_showTrash->setObjectName(QStringLiteral("historyShowTrash"));
    m_showTrash->setCheckable(true);
    connect(m_showTrash, &QAction::toggled, this, &HistoryPage::reload);
    m_tools->addAction(m_showTrash);
    m_find = new QAction(this);
    m_find->setObjectName(QStringLiteral("historyFind"));
    m_find->setShortcut(QKeySequence::Find);
    m_find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_find, &QAction::triggered, this, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    addAction(m_find);
    m_columns = new QToolButton(this);
    m_columns->setObjectName(QStringLiteral("historyColumns"));
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_columnMenu = new QMenu(m_columns);
    connect(m_columnMenu, &QMenu::aboutToShow, this, &HistoryPage::fillColumnMenu);
    m_columns->setMenu(m_columnMenu);
}

void HistoryPage::makeTable()
{
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("historyTable"));
    m_table->setProperty(LayoutKeeper::kOwnColumns, true);
    m_header = new FilterHeader(m_table);
    m_table->setHorizontalHeader(m_header);
    m_table->setModel(m_filter);
    m_nothing = new QLabel(m_table->viewport());
    m_nothing->setObjectName(QStringLiteral("historyNothing"));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    connect(m_nothing, &QLabel::linkActivated, this, [this] { m_clear->trigger(); });
    (new QVBoxLayout(m_table->viewport()))->addWidget(m_nothing);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers); // F2 and the menu rename; a double click opens
    m_table->setDragDropMode(QAbstractItemView::DragOnly);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_header->makeFields();
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(HistoryModel::Created, Qt::DescendingOrder);
    m_layout = new ColumnLayout(m_header, [this](int column) { return startOf(column); });
    m_layout->setEmpty([this](int column) { return column >= HistoryModel::FixedCount && !m_model->hasScores(column); });
    m_layout->restore(m_context.preferences->layout(layoutName()));
    connect(m_filter, &QAbstractItemModel::columnsInserted, this, [this] { m_header->makeFields(); });
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { m_columnMenu->popup(m_header->mapToGlobal(at)); });
    connect(m_header, &FilterHeader::filterChanged, this, [this](int column, const QString& text) {
        m_header->setFieldValid(column, m_filter->setColumnFilter(column, text));
    });
    connect(m_table, &QTableView::activated, this, &HistoryPage::open);
    connect(m_table, &QWidget::customContextMenuRequested, this, &HistoryPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showDetails();
        updateActions();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryPage::updateActions);
}

void HistoryPage::retranslate()
{
    setAccessibleName(tr("History"));
    m_search->setPlaceholderText(tr("Search name, note, tags, model …"));
    m_search->setAccessibleName(tr("Search the history"));
    m_tools->setAccessibleName(tr("Actions on the selected run"));
    m_columns->setText(tr("&Columns"));
    m_columns->setAccessibleName(tr("Choose columns"));
    m_table->setAccessibleName(tr("Past runs"));
    m_open->setText(tr("&Open"));
    m_resume->setText(tr("Resu&me"));
    m_parallel->setText(tr("Side by side…"));
    m_duplicate->setText(tr("&Use these settings"));
    m_duplicate->setToolTip(tr("Open the experiment form with the settings of this run"));
    m_masks->setText(tr("Show mas&ks"));
    m_rename->setText(tr("Re&name"));
    m_trash->setText(tr("Move to tr&ash"));
    m_restore->setText(tr("Restore"));
    m_export->setText(tr("E&xport rows …"));
    m_bundle->setText(tr("Export selected"));
    m_bundle->setToolTip(tr("Write the selected runs into one file, for the history of another computer"));
    m_bundleResults->setText(tr("Results only …"));
    m_bundleAdapters->setText(tr("With adapters …"));
    m_import->setText(tr("Import …"));
    m_import->setToolTip(tr("Add the runs of a .lori file; what is here already stays as it is"));
    m_clear->setText(tr("Clear filters"));
    m_showTrash->setText(tr("Show trash"));
    m_find->setText(tr("Search"));
    m_model->retranslate();
    m_header->makeFields();
    updateCount();
}

void HistoryPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        reload();
    }
}

void HistoryPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_stale) {
        reload();
    }
}

void HistoryPage::hideEvent(QHideEvent* event)
{
    m_details->commitEdits();
    Page::hideEvent(event);
}

void HistoryPage::reload()
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    database::RunQuery query;
    query.trash = m_showTrash->isChecked() ? database::TrashFilter::OnlyTrash : database::TrashFilter::WithoutTrash;
    auto rows = m_context.history->list(query);
    if (!rows) {
        m_count->setText(ErrorText::sentence(rows.error()));
        return;
    }
    const QString selected = selectedRun();
    const QStringList chosen = selectedRuns();
    m_model->setMarks(m_marks.pinned(), m_marks.baseline());
    m_model->setRows(std::move(*rows));
    m_layout->arrange(); // scores came, or the last run that had some went
    if (!m_wanted.isEmpty()) {
        selectRun(std::exchange(m_wanted, QString()));
    } else if (selectedRun() != selected || selectedRuns().size() < chosen.size()) {
        selectRun(selected);
        selectAlso(chosen);
    }
    showDetails();
    updateActions();
    updateCount();
}

void HistoryPage::showDetails()
{
    const QString run = selectedRun();
    m_details->showRun(run);
    if (m_details->isHidden() != run.isEmpty()) {
        m_details->setVisible(!run.isEmpty());
        QTimer::singleShot(1, m_table, [table = m_table] { table->scrollTo(table->currentIndex()); }); // in the room that is left
    }
}

void HistoryPage::updateCount()
{
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    m_count->setText(all == 0       ? m_showTrash->isChecked() ? tr("The trash is empty") : tr("No runs yet")
                           : shown == all ? tr("%n run(s)", nullptr, all)
                                    : tr("%1 of %n run(s)", nullptr, all).arg(shown));
    m_nothing->setVisible(shown == 0);
    m_nothing->setText(all == 0 ? m_showTrash->isChecked() ? tr("Nothing is in the trash.")
                                                           : tr("Nothing yet. Every run that is started shows here.")
                                : tr("No run matches what is searched for. <a href=\"clear\">Clear filters</a>"));
}

void HistoryPage::updateActions()
{
    const database::RunSummary* run = m_model->run(m_filter->mapToSource(m_table->currentIndex()));
    const QStringList chosen = selectedRuns();
    const int count = static_cast<int>(chosen.size());
    const bool one = run != nullptr && count <= 1;
    const bool trashed = run != nullptr && run->trashedMs.has_value(); // the table shows the trash or the others, never both
    const bool live = std::any_of(chosen.begin(), chosen.end(), [this](const QString& id) { return isLiveRun(id); });
    m_open->setEnabled(one && !trashed);
    m_resume->setEnabled(one && !trashed && !isLive(run->state) && run->folderPresent && run->state != jobs::JobState::Finished);
    m_compare->setEnabled(count > 0 && !trashed);
    m_compare->setText(count == 0 ? tr("Com&pare") : tr("Com&pare (%1)").arg(count));
    m_compare->setToolTip(count == 0   ? tr("Select runs to compare; Ctrl or Shift selects several")
                          : count == 1 ? tr("Compare this run with its model before training (Ctrl+D)")
                                       : tr("Compare the selected runs (Ctrl+D)"));
    const int drawn = count > 1 ? count : m_filter->rowCount();
    m_parallel->setEnabled(drawn > 1);
    m_parallel->setToolTip(drawn < 2   ? tr("This takes two runs or more")
                           : count > 1 ? tr("Draw the selected runs as lines across their settings and scores")
                                       : tr("Draw the runs of the table as lines across their settings and scores"));
    m_duplicate->setEnabled(one);
    const bool masks = one && !trashed && run->folderPresent && hasMasks(run->folder);
    m_masks->setEnabled(masks);
    m_masks->setToolTip(masks || !one ? QString() : tr("This run has made neither a LoRI-D adapter nor a mask"));
    m_rename->setEnabled(one);
    m_trash->setEnabled(count > 0 && !trashed && !live);
    m_restore->setEnabled(count > 0 && trashed);
    m_bundle->setEnabled(count > 0 && !live);
    updateMarkActions();
    m_restore->setVisible(m_showTrash->isChecked());
    m_trash->setVisible(!m_showTrash->isChecked());
}

bool HistoryPage::isLiveRun(const QString& runId) const
{
    const database::RunSummary* run = m_model->run(m_model->index(m_model->rowOf(runId), HistoryModel::Name));
    return run != nullptr && isLive(run->state);
}

/// Scores stand between the loss and the duration, in their own order.
ColumnLayout::Start HistoryPage::startOf(int column) const
{
    const auto idOf = [this](int other) {
        return m_model->headerData(other, Qt::Horizontal, TableRole::ColumnId).toString();
    };
    ColumnLayout::Start start;
    start.width = fontMetrics().averageCharWidth() * lettersOf(column);
    if (column > HistoryModel::FixedCount) { // a difference stands behind its score
        const HistoryModel::ScoreColumn& score = m_model->scores()[static_cast<std::size_t>(column - HistoryModel::FixedCount)];
        if (score.isDifference) {
            start.after = idOf(m_model->scoreColumn(score.key.task, score.key.metric));
            start.shown = !isSecondScorer(score.key);
            return start;
        }
    }
    start.after = column == 0 ? QString() : column == HistoryModel::FixedCount ? idOf(HistoryModel::Loss) : idOf(column - 1);
    start.shown = column >= HistoryModel::FixedCount
                      ? !isSecondScorer(m_model->scores()[static_cast<std::size_t>(column - HistoryModel::FixedCount)].key)
                      : column != HistoryModel::BaseModel && column != HistoryModel::Purpose && column != HistoryModel::Id;
    return start;
}

void HistoryPage::fillColumnMenu()
{
    m_columnMenu->clear();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (m_layout->isEmpty(column)) {
            continue;
        }
        QAction* action = m_columnMenu->addAction(m_model->headerData(column, Qt::Horizontal).toString());
        action->setObjectName(QStringLiteral("historyColumn-") +
                              m_model->headerData(column, Qt::Horizontal, TableRole::ColumnId).toString());
        action->setCheckable(true);
        action->setChecked(m_layout->isChosen(column));
        action->setEnabled(column != HistoryModel::Name); // a table without names helps nobody
        connect(action, &QAction::toggled, this, [this, column](bool on) { m_layout->choose(column, on); });
    }
}

void HistoryPage::showMenu(const QPoint& at)
{
    QMenu menu(this);
    menu.addActions(
        {m_open, m_resume, m_compare, m_parallel, m_duplicate, m_masks, m_rename, m_pin, m_baseline, m_trash, m_restore});
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

QString HistoryPage::selectedRun() const
{
    return m_table->currentIndex().data(TableRole::Id).toString();
}

QStringList HistoryPage::selectedRuns() const
{
    QStringList runs;
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        rows << index.row();
    }
    std::sort(rows.begin(), rows.end());
    for (const int row : rows) {
        runs << m_filter->index(row, HistoryModel::Name).data(TableRole::Id).toString();
    }
    return runs;
}

void HistoryPage::selectAlso(const QStringList& runIds)
{
    for (const QString& run : runIds) {
        const QModelIndex index = m_filter->mapFromSource(m_model->index(m_model->rowOf(run), HistoryModel::Name));
        if (index.isValid()) {
            m_table->selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
}

void HistoryPage::selectRun(const QString& runId)
{
    const int row = m_model->rowOf(runId);
    if (row >= 0) {
        const QModelIndex index = m_filter->mapFromSource(m_model->index(row, HistoryModel::Name));
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    }
}

void HistoryPage::take(const Intent& intent)
{
    if (const auto* history = std::get_if<intents::ShowHistory>(&intent)) {
        m_wanted = history->runId;
        reload(); // or as soon as the page is shown
    }
}

void HistoryPage::openFile(const QString& path)
{
    m_bundles->importFile(path);
}

std::vector<PageView> HistoryPage::views(const QString& runId)
{
    return {{QString(), [this, runId] {
                 selectRun(runId);
             }}};
}

} // namespace lori::ui
