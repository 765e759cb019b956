// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/masks_page.h"

#include "ui/frame/message_bar.h"
#include "ui/models/b_matrix_model.h"
#include "ui/models/mask_table_model.h"
#include "ui/models/mask_words.h"
#include "ui/pages/masks/compare_view.h"
#include "ui/pages/masks/mask_controls.h"
#include "ui/pages/masks/scope_table.h"
#include "ui/pages/masks/territory_view.h"
#include "ui/services/app_context.h"
#include "ui/services/page_router.h"
#include "ui/widgets/b_matrix_view.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/table_copy.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {
namespace {

enum MaskPlace { MapPlace, MapTablePlace, MatrixPlace, MatrixTablePlace };

experiment::MaskScope scopeNamed(const std::string& name)
{
    using experiment::MaskScope;
    return name == "module"       ? MaskScope::Module
           : name == "projection" ? MaskScope::Projection
           : name == "layer"      ? MaskScope::Layer
           : name == "matrix"     ? MaskScope::Matrix
                                  : MaskScope::Model;
}

QString stageText(LoadStage stage)
{
    switch (stage) {
    case LoadStage::OpeningAdapter:
        return MasksPage::tr("Opening the adapter …");
    case LoadStage::SortingMagnitudes:
        return MasksPage::tr("Sorting the entries of B …");
    case LoadStage::ReadingMask:
        return MasksPage::tr("Reading the mask …");
    }
    return {};
}

} // namespace

MasksPage::MasksPage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("masksPage"));
    makeTabs();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    connect(m_controls, &MaskControls::changed, this, &MasksPage::refresh);
    connect(m_controls, &MaskControls::useRequested, this, [this] {
        const MaskSource source = m_loaded ? m_loaded->source : MaskSource{};
        m_context.pages->go(intents::UseSparsity{m_controls->sparsity(), m_controls->scope(), source.runId, source.adapter});
    });
    connect(m_map, &MaskMap::cellOpened, this, &MasksPage::openCell);
    connect(m_map, &MaskMap::cellPointed, m_readOut, &QLabel::setText);
    connect(m_matrix, &BMatrixView::entryPointed, this, [this](const QString& text) {
        if (m_cell) {
            m_readOut->setText(tr("layer %1 · %2: %3").arg(m_cell->layer).arg(moduleTitle(m_cell->projection), text));
        }
    });
    retranslate();
    setBusy({});
    updateStack();
}

QWidget* MasksPage::makeOne()
{
    auto* one = new QWidget(this);
    auto* layout = new QVBoxLayout(one);
    layout->addWidget(makeTop());
    auto* splitter = new QSplitter(Qt::Horizontal, one);
    splitter->setObjectName(QStringLiteral("masksSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeCentre());
    m_controls = new MaskControls(this);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("maskControlsScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_controls);
    splitter->addWidget(scroll);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(m_controls->sizeHint().width() + fontMetrics().height() * 2);
    splitter->setStretchFactor(0, 1);
    layout->addWidget(splitter, 1);
    return one;
}

QWidget* MasksPage::makeTop()
{
    auto* top = new QWidget(this);
    m_chooseLabel = new QLabel(top);
    m_choose = new QComboBox(top);
    m_choose->setObjectName(QStringLiteral("maskSource"));
    m_choose->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choose->setMinimumContentsLength(24);
    m_chooseLabel->setBuddy(m_choose);
    const auto button = [&](const char* name) {
        auto* made = new QToolButton(top);
        made->setObjectName(QLatin1String(name));
        return made;
    };
    m_rescan = button("maskRescan");
    m_openButton = button("maskOpen");
    m_asTable = button("maskAsTable");
    m_asTable->setCheckable(true);
    m_choose->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new FlowLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_chooseLabel);
    row->addWidget(m_choose);
    row->addWidget(m_rescan);
    row->addWidget(m_openButton);
    row->addWidget(m_asTable);
    m_save = button("maskSave");
    row->addWidget(m_save);
    connect(m_save, &QToolButton::clicked, this, &MasksPage::askWhereToSave);
    connect(m_choose, &QComboBox::activated, this, [this](int index) {
        if (index >= 0 && index < static_cast<int>(m_sources.size())) {
            load(m_sources[static_cast<std::size_t>(index)]);
        }
    });
    connect(m_rescan, &QToolButton::clicked, this, &MasksPage::scan);
    connect(m_openButton, &QToolButton::clicked, this, &MasksPage::choosePath);
    connect(m_asTable, &QToolButton::toggled, this, &MasksPage::updateStack);
    return top;
}

QWidget* MasksPage::makeCentre()
{
    auto* centre = new QWidget(this);
    m_back = new QToolButton(centre);
    m_back->setObjectName(QStringLiteral("maskBack"));
    m_readOut = new QLabel(centre);
    m_readOut->setObjectName(QStringLiteral("maskReadOut"));
    m_progress = new QProgressBar(centre);
    m_progress->setObjectName(QStringLiteral("maskProgress"));
    m_progress->setRange(0, 0); // how long sorting takes is not known: busy, no invented percentage
    m_progress->setMaximumWidth(fontMetrics().height() * 8);
    m_cancel = new QPushButton(centre);
    m_cancel->setObjectName(QStringLiteral("maskCancel"));
    m_state = new QLabel(centre);
    m_state->setObjectName(QStringLiteral("maskState"));
    auto* line = new QHBoxLayout;
    line->addWidget(m_back);
    line->addWidget(m_readOut, 1);
    line->addWidget(m_state);
    line->addWidget(m_progress);
    line->addWidget(m_cancel);

    m_stack = new QStackedWidget(centre);
    m_stack->setObjectName(QStringLiteral("maskStack"));
    m_map = new MaskMap(m_stack);
    m_mapModel = new MaskTableModel(this);
    auto* mapTable = new QTableView(m_stack);
    mapTable->setObjectName(QStringLiteral("maskTable"));
    mapTable->setModel(m_mapModel);
    mapTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    mapTable->verticalHeader()->hide();
    makeCopyable(*mapTable);
    m_matrix = new BMatrixView(m_stack);
    m_matrixModel = new BMatrixModel(this);
    auto* matrixTable = new QTableView(m_stack);
    matrixTable->setObjectName(QStringLiteral("matrixTable"));
    matrixTable->setModel(m_matrixModel);
    for (QWidget* one : {static_cast<QWidget*>(m_map), static_cast<QWidget*>(mapTable), static_cast<QWidget*>(m_matrix),
                         static_cast<QWidget*>(matrixTable)}) {
        m_stack->addWidget(one);
    }
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(line);
    layout->addWidget(m_stack, 1);
    connect(m_back, &QToolButton::clicked, this, &MasksPage::back);
    connect(m_cancel, &QPushButton::clicked, this, &MasksPage::cancelLoading);
    connect(mapTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        const analysis::ModuleKept& module = m_summary.modules[static_cast<std::size_t>(index.row())];
        openCell({module.layer, module.projection});
    });
    return centre;
}

void MasksPage::retranslate()
{
    setAccessibleName(tr("Masks"));
    retranslateTabs();
    m_chooseLabel->setText(tr("Run or &adapter:"));
    m_choose->setAccessibleName(tr("Run or adapter whose mask is shown"));
    m_choose->setPlaceholderText(tr("Masks exist after LoRI-D"));
    m_rescan->setText(tr("Refre&sh"));
    m_rescan->setAccessibleName(tr("Look for runs and adapters again"));
    m_openButton->setText(tr("&Open …"));
    m_openButton->setAccessibleName(tr("Open an adapter folder"));
    m_asTable->setText(tr("Sho&w as table"));
    m_asTable->setAccessibleName(tr("Show the numbers as a table"));
    m_save->setText(tr("Save …"));
    m_save->setAccessibleName(tr("Save this picture or its numbers"));
    m_save->setToolTip(tr("Into a file; Ctrl+C copies the picture"));
    m_back->setText(tr("← &Back to the map"));
    m_back->setAccessibleName(tr("Back to the map of all modules"));
    m_progress->setAccessibleName(tr("Loading"));
    m_cancel->setText(tr("Ca&ncel"));
    m_cancel->setAccessibleName(tr("Cancel loading"));
    m_stack->widget(MapTablePlace)->setAccessibleName(tr("Table of kept entries by module"));
    m_stack->widget(MatrixTablePlace)->setAccessibleName(tr("Table of the entries of one B"));
}

void MasksPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MasksPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    scan();
}

void MasksPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_cell && m_tabs->currentIndex() == OneTab) {
        back();
    } else if (event->matches(QKeySequence::Copy) && m_tabs->currentIndex() == OneTab) {
        copyShown();
    } else {
        Page::keyPressEvent(event);
    }
}

void MasksPage::scan()
{
    m_scanJob.start([home = m_context.home](const BackgroundJob::Cancelled&) { return findMaskSources(home); },
                    [this](std::vector<MaskSource> sources) { showSources(std::move(sources)); });
}

void MasksPage::showSources(std::vector<MaskSource> sources)
{
    const std::optional<MaskSource> current = m_loaded ? std::optional(m_loaded->source) : std::nullopt;
    if (current && current->runId.empty()) { // opened from elsewhere: stays in the list
        sources.insert(sources.begin(), *current);
    }
    m_sources = std::move(sources);
    m_compare->setSources(m_sources);
    m_territory->setSources(m_sources);
    const QSignalBlocker blocker(m_choose);
    m_choose->clear();
    int selected = -1;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        m_choose->addItem(listTitle(m_sources[i]));
        const bool same = current && m_sources[i].adapter == current->adapter && m_sources[i].maskFile == current->maskFile;
        selected = same ? static_cast<int>(i) : selected;
    }
    const auto wanted = std::find_if(m_sources.begin(), m_sources.end(),
                                     [this](const MaskSource& source) { return source.runId == m_wantedRun.toStdString(); });
    if (!m_wantedRun.isEmpty() && wanted != m_sources.end()) {
        selected = static_cast<int>(wanted - m_sources.begin());
        load(*wanted);
    } else if (!m_wantedRun.isEmpty()) {
        m_state->setText(tr("This run has no mask yet; masks exist after LoRI-D."));
    } else if (!m_loaded && !m_loadJob.isRunning() && !m_sources.empty()) {
        selected = 0; // the newest: an empty page would only ask for this click
        load(m_sources.front());
    }
    m_wantedRun.clear();
    m_choose->setCurrentIndex(selected);
}

void MasksPage::showRun(const QString& runId)
{
    m_wantedRun = runId;
    m_tabs->setCurrentIndex(OneTab);
    scan();
}

void MasksPage::choosePath()
{
    const QString path = QFileDialog::getExistingDirectory(this, tr("Open an adapter's or a run's folder"));
    if (!path.isEmpty()) {
        openPath(path);
    }
}

void MasksPage::openPath(const QString& path)
{
    const auto source = maskSourceFrom(path.toStdString());
    if (!source) {
        m_context.messages->post(source.error());
        return;
    }
    load(*source);
}

void MasksPage::load(const MaskSource& source)
{
    setBusy(tr("Loading …"));
    const QPointer<MasksPage> page(this);
    m_loadJob.start(
        [source, page](const BackgroundJob::Cancelled& cancelled) {
            const auto report = [page, cancelled](LoadStage stage) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [page, cancelled, stage] {
                        if (page && !*cancelled) {
                            page->setBusy(stageText(stage));
                        }
                    },
                    Qt::QueuedConnection);
            };
            return loadMasks(source, report, *cancelled);
        },
        [this](const Result<std::shared_ptr<const LoadedMasks>>& result) { showLoaded(result); });
}

void MasksPage::cancelLoading()
{
    m_loadJob.cancel();
    setBusy({});
    m_state->setText(tr("Cancelled"));
}

void MasksPage::setBusy(const QString& text)
{
    m_state->setText(text);
    m_progress->setVisible(!text.isEmpty());
    m_cancel->setVisible(!text.isEmpty());
}

void MasksPage::showLoaded(const Result<std::shared_ptr<const LoadedMasks>>& result)
{
    setBusy({});
    if (!result) {
        m_context.messages->post(result.error());
        return;
    }
    m_loaded = *result;
    m_cell.reset();
    const bool stored = m_loaded->mask.has_value();
    m_controls->setAvailable(stored, m_loaded->index != nullptr, stored ? m_loaded->mask->sparsity : 0.9,
                             scopeNamed(stored ? m_loaded->mask->scope : std::string()));
    if (m_loaded->source.runId.empty()) {
        showSources(findMaskSources(m_context.home));
    }
    refresh();
    Q_EMIT loaded();
}

void MasksPage::refresh()
{
    if (!m_loaded) {
        return;
    }
    if (m_controls->view() == MaskControls::View::Stored) {
        m_summary = m_loaded->stored;
    } else if (m_loaded->index) {
        auto preview = m_loaded->index->preview(m_controls->sparsity(), m_controls->scope());
        if (!preview) {
            m_context.messages->post(preview.error());
            return;
        }
        m_summary = std::move(*preview);
    }
    m_map->setSummary(m_summary);
    m_mapModel->setSummary(m_summary);
    m_controls->showSummary(m_summary, askedFor());
    showScopes();
    if (m_cell) {
        refreshMatrix();
    } else {
        m_readOut->setText(m_map->readOut());
    }
    updateStack();
}

/// Five times a few hundred binary searches; only while another sparsity is looked at.
void MasksPage::showScopes()
{
    std::vector<analysis::MaskSummary> summaries;
    if (m_controls->view() == MaskControls::View::Preview && m_loaded->index) {
        for (const auto& [scope, name] : ScopeTable::scopes()) {
            auto preview = m_loaded->index->preview(m_controls->sparsity(), scope);
            summaries.push_back(preview ? std::move(*preview) : analysis::MaskSummary()); // a scope may be too sparse alone
        }
    }
    m_controls->showScopes(summaries);
}

void MasksPage::refreshMatrix()
{
    const auto module = std::find_if(m_summary.modules.begin(), m_summary.modules.end(), [this](const analysis::ModuleKept& one) {
        return one.layer == m_cell->layer && one.projection == m_cell->projection;
    });
    if (module == m_summary.modules.end()) {
        back();
        return;
    }
    auto matrix = m_controls->view() == MaskControls::View::Stored ? storedMatrix(*m_loaded, module->layer, module->projection)
                                                                   : previewMatrix(*m_loaded, *module);
    if (!matrix) {
        m_context.messages->post(matrix.error());
        back();
        return;
    }
    m_matrixModel->setMatrix(*matrix);
    m_matrix->setMatrix(std::move(*matrix));
    if (!m_matrix->cursorEntry()) {
        const double whole = m_summary.total > 0 ? static_cast<double>(m_summary.kept) / static_cast<double>(m_summary.total) : 0;
        m_readOut->setText(moduleReadOut(*module, whole));
    }
}

void MasksPage::openCell(const MaskMap::Cell& cell)
{
    if (!m_loaded) {
        return;
    }
    m_cell = cell;
    refreshMatrix();
    updateStack();
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void MasksPage::back()
{
    m_cell.reset();
    updateStack();
    m_readOut->setText(m_map->readOut());
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void MasksPage::updateStack()
{
    const bool table = m_asTable->isChecked();
    m_back->setVisible(m_cell.has_value());
    m_stack->setCurrentIndex(m_cell ? (table ? MatrixTablePlace : MatrixPlace) : (table ? MapTablePlace : MapPlace));
}

} // namespace lori::ui
