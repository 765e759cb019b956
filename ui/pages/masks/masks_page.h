// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/masks/mask_library.h"
#include "ui/pages/page.h"
#include "ui/services/background_job.h"
#include "ui/widgets/mask_map.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace lori::ui {

struct AppContext;
class BMatrixModel;
class BMatrixView;
class CompareView;
class CourseView;
class MaskControls;
class MaskTableModel;
class SweepView;
class TerritoryView;

/// Masks as pictures. One mask: layers × projections, one B at pixel level, and a slider that shows what another sparsity would
/// keep. Several: how they overlap, and whose the entries are. A sweep: score against sparsity. One mask on its way while
/// LoRI-D was trained. Files are read and sorted in
/// another thread; the window never waits for them.
class MasksPage final : public Page {
    Q_OBJECT

public:
    MasksPage(AppContext& context, QWidget* parent);
    /// Shows the first mask or adapter of a run.
    void showRun(const QString& runId);
    /// Shows an adapter folder, a run folder or a mask file.
    void openPath(const QString& path);
    [[nodiscard]] bool isLoading() const { return m_loadJob.isRunning(); }
    void openCell(const MaskMap::Cell& cell);
    /// Writes the map, or the opened B, as a picture (.png) or as numbers (.csv); any other ending is refused. Returns a sentence
    /// on failure, empty on success.
    [[nodiscard]] QString saveAs(const QString& file);

    void take(const Intent& intent) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] CompareView* compareView() const { return m_compare; }
    [[nodiscard]] TerritoryView* territoryView() const { return m_territory; }
    [[nodiscard]] SweepView* sweepView() const { return m_sweep; }
    [[nodiscard]] CourseView* courseView() const { return m_course; }

Q_SIGNALS:
    void loaded();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum Tab : std::uint8_t { OneTab, CompareTab, TerritoryTab, SweepTab, CourseTab };
    void retranslate();
    void retranslateTabs();
    void makeTabs();
    QWidget* makeOne();
    QWidget* makeTop();
    QWidget* makeCentre();
    void scan();
    void showSources(std::vector<MaskSource> sources);
    void load(const MaskSource& source);
    void showLoaded(const Result<std::shared_ptr<const LoadedMasks>>& result);
    void cancelLoading();
    void setBusy(const QString& text);
    void refresh();
    void refreshMatrix();
    void showScopes();
    void back();
    void choosePath();
    void askWhereToSave();
    /// The picture that is shown into the clipboard, the map with its numbers.
    void copyShown();
    /// How many entries the shown mask's sparsity alone asks for; nothing for a mask that another rule chose.
    [[nodiscard]] std::optional<std::int64_t> askedFor() const;
    /// Of the map or of the opened B.
    [[nodiscard]] QString shownTitle() const;
    /// "Capitals · LoRI-D, stage 1 · 28 Nov, 12:40".
    [[nodiscard]] static QString listTitle(const MaskSource& source);
    void updateStack();

    AppContext& m_context;
    BackgroundJob m_scanJob;
    BackgroundJob m_loadJob;
    std::vector<MaskSource> m_sources;
    QString m_wantedRun; ///< to be shown as soon as the scan has found it
    std::shared_ptr<const LoadedMasks> m_loaded;
    analysis::MaskSummary m_summary;
    std::optional<MaskMap::Cell> m_cell; ///< the opened B
    QTabWidget* m_tabs = nullptr;
    CompareView* m_compare = nullptr;
    TerritoryView* m_territory = nullptr;
    SweepView* m_sweep = nullptr;
    CourseView* m_course = nullptr;
    QLabel* m_chooseLabel = nullptr;
    QComboBox* m_choose = nullptr;
    QToolButton* m_rescan = nullptr;
    QToolButton* m_openButton = nullptr;
    QToolButton* m_asTable = nullptr;
    QToolButton* m_save = nullptr;
    QToolButton* m_back = nullptr;
    QLabel* m_readOut = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_state = nullptr;
    QStackedWidget* m_stack = nullptr;
    MaskMap* m_map = nullptr;
    MaskTableModel* m_mapModel = nullptr;
    BMatrixView* m_matrix = nullptr;
    BMatrixModel* m_matrixModel = nullptr;
    MaskControls* m_controls = nullptr;
};

} // namespace lori::ui
