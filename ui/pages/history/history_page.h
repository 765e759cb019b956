// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/history_marks.h"
#include "ui/services/opened_files.h"
#include "ui/widgets/column_layout.h"

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolBar;
class QToolButton;

namespace lori::ui {

struct AppContext;
class FilterHeader;
class HistoryBundles;
class HistoryDetails;
class HistoryFilter;
class HistoryModel;

/// All past runs in a table to search, filter, sort, annotate and act on, with the selected one below.
class HistoryPage final : public Page, public FileOpener {
    Q_OBJECT

public:
    HistoryPage(AppContext& context, QWidget* parent);
    ~HistoryPage() override;
    void selectRun(const QString& runId);
    /// The run that is shown below: the current row's.
    [[nodiscard]] QString selectedRun() const;
    /// All selected runs, from the top of the table to its end.
    [[nodiscard]] QStringList selectedRuns() const;

    void take(const Intent& intent) override;
    /// Adds the runs of a .lori file.
    void openFile(const QString& path) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeActions();
    void makeTable();
    void retranslate();
    void reload();
    void updateActions();
    [[nodiscard]] bool isLiveRun(const QString& runId) const;
    void selectAlso(const QStringList& runIds);
    void updateCount();
    [[nodiscard]] ColumnLayout::Start startOf(int column) const;
    void fillColumnMenu();
    void showMenu(const QPoint& at);
    /// Of the selected run; without one the table has the page.
    void showDetails();
    void open();
    void resume();
    void compare();
    void duplicate();
    void showParallel();
    void rename();
    void pin();
    void makeBaseline();
    void updateMarkActions();
    void moveToTrash();
    void sayTrashed(const QString& run);
    void restore();
    void exportCsv();
    /// Search, filters, order and columns of the table.
    [[nodiscard]] QByteArray viewState() const;
    /// What viewState() gave; filters of columns that are not there are left out.
    void applyView(const QByteArray& state);
    void makeBundleActions();
    void exportBundle(bool withAdapters);
    /// Writes the rows shown as .csv, and refuses any other ending.
    void saveRows(const QString& file);
    [[nodiscard]] QList<int> visibleColumns() const;

    AppContext& m_context;
    HistoryMarks m_marks;
    HistoryModel* m_model = nullptr;
    HistoryFilter* m_filter = nullptr;
    QLabel* m_nothing = nullptr; ///< over the table while it shows no row
    QLineEdit* m_search = nullptr;
    QToolBar* m_tools = nullptr;
    QToolButton* m_columns = nullptr;
    QMenu* m_columnMenu = nullptr;
    QLabel* m_count = nullptr;
    QTableView* m_table = nullptr;
    FilterHeader* m_header = nullptr;
    ColumnLayout* m_layout = nullptr;
    HistoryDetails* m_details = nullptr;
    QAction* m_open = nullptr;
    QAction* m_resume = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_parallel = nullptr; ///< the selected runs, or all that are shown, as lines
    QAction* m_duplicate = nullptr;
    QAction* m_masks = nullptr;
    QAction* m_rename = nullptr;
    QAction* m_pin = nullptr;
    QAction* m_baseline = nullptr;
    QAction* m_trash = nullptr;
    QAction* m_restore = nullptr;
    QAction* m_export = nullptr;
    QAction* m_bundle = nullptr;         ///< the menu button of the two below
    QAction* m_bundleResults = nullptr;  ///< without adapters
    QAction* m_bundleAdapters = nullptr; ///< with them
    QAction* m_import = nullptr;
    HistoryBundles* m_bundles = nullptr;
    QAction* m_clear = nullptr;
    QAction* m_showTrash = nullptr;
    QAction* m_find = nullptr;
    QHash<QString, QString> m_trashing; ///< names of runs on their way to the trash, by id
    QStringList m_trashed;              ///< those that arrived there since the last time
    QString m_wanted;                   ///< to be selected as soon as the rows are read
    bool m_stale = true;                ///< the database changed while the page was hidden
};

} // namespace lori::ui
