// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/compare_view.h"

#include <QComboBox>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {
namespace {

constexpr int kPairLines = 7; ///< height of the table of pairs in lines of text

/// The bits of two masks as those of the masks 0 and 1.
analysis::EntryOwners ofPair(analysis::EntryOwners owners, std::size_t first, std::size_t second)
{
    for (std::uint32_t& keptBy : owners.keptBy) {
        keptBy = ((keptBy >> first) & 1U) | (((keptBy >> second) & 1U) << 1U);
    }
    return owners;
}

} // namespace

CompareView::CompareView(AppContext& context, QWidget* parent) : MaskSetView(context, QStringLiteral("maskCompare"), 2, parent)
{
    m_pairModel = new PairTableModel(this);
    m_pairs = new QTableView(bodyWidget());
    m_pairs->setObjectName(QStringLiteral("maskComparePairs"));
    m_pairs->setModel(m_pairModel);
    m_pairs->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_pairs->setSelectionMode(QAbstractItemView::SingleSelection);
    m_pairs->setTabKeyNavigation(false);
    m_pairs->verticalHeader()->hide();
    m_pairs->setFixedHeight(fontMetrics().height() * kPairLines);
    m_model = new OverlapTableModel(this);
    m_stack = new ModuleStack(QStringLiteral("maskCompareModules"), m_model, bodyWidget());
    m_measure = new QComboBox(m_stack);
    m_measure->setObjectName(QStringLiteral("maskCompareMeasure"));
    m_measure->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_measure->setMinimumContentsLength(16);
    m_measure->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const OverlapMeasure measure : kOverlapMeasures) {
        m_measure->addItem(QString(), static_cast<int>(measure));
    }
    m_stack->addControl(m_measure);
    body()->addWidget(m_pairs);
    body()->addWidget(m_stack, 1);
    connect(m_pairs->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (index.isValid()) {
            showPair(static_cast<std::size_t>(index.row()));
        }
    });
    connect(m_measure, &QComboBox::currentIndexChanged, this, &CompareView::refreshPair);
    connect(m_stack, &ModuleStack::moduleOpened, this, &CompareView::showMatrix);
    retranslate();
}

OverlapMeasure CompareView::measure() const
{
    return static_cast<OverlapMeasure>(m_measure->currentData().toInt());
}

void CompareView::showSet()
{
    const auto& pairs = set()->comparison->pairs;
    m_pair = std::min(m_pair, pairs.size() - 1);
    {
        const QSignalBlocker quiet(m_pairs->selectionModel());
        m_pairModel->setPairs(pairs, set()->names);
    }
    m_pairs->setVisible(pairs.size() > 1);
    m_pairs->resizeColumnsToContents();
    m_pairs->selectRow(static_cast<int>(m_pair));
    refreshPair();
}

void CompareView::showPair(std::size_t pair)
{
    if (set() != nullptr && pair < set()->comparison->pairs.size() && pair != m_pair) {
        m_pair = pair;
        refreshPair();
    }
}

void CompareView::refreshPair()
{
    if (set() == nullptr) {
        return;
    }
    const analysis::MaskPair& pair = set()->comparison->pairs[m_pair];
    const QString a = set()->names[static_cast<qsizetype>(pair.first)];
    const QString b = set()->names[static_cast<qsizetype>(pair.second)];
    say(OverlapWords::sentence(pair.total, a, b), OverlapWords::tone(pair.total.verdict()));
    for (int i = 0; i < m_measure->count(); ++i) {
        m_measure->setItemText(i, OverlapWords::measure(kOverlapMeasures[static_cast<std::size_t>(i)], a, b));
    }
    m_measure->setToolTip(m_measure->currentText());
    m_model->setPair(pair, a, b);
    std::vector<ModulePlace> places;
    for (const analysis::NamedOverlap& module : pair.modules) {
        places.push_back({module.layer, module.projection});
    }
    m_stack->setModules(
        std::move(places), [&](std::size_t i) { return OverlapWords::cell(measure(), pair.modules[i].overlap); },
        OverlapWords::scale(measure(), pair),
        [modules = pair.modules, a, b](std::size_t i) { return OverlapWords::readOut(modules[i], a, b); });
}

void CompareView::showMatrix(const ModulePlace& place)
{
    if (set() == nullptr) {
        return;
    }
    const analysis::MaskPair& pair = set()->comparison->pairs[m_pair];
    auto owners = analysis::entryOwners(set()->masks, place.layer, place.projection);
    if (owners) {
        m_stack->showOwners(
            ofPair(std::move(*owners), pair.first, pair.second),
            {set()->names[static_cast<qsizetype>(pair.first)], set()->names[static_cast<qsizetype>(pair.second)]});
    }
}

void CompareView::openSomeMatrix()
{
    if (set() != nullptr && !set()->comparison->pairs[m_pair].modules.empty()) {
        const auto& modules = set()->comparison->pairs[m_pair].modules;
        const analysis::NamedOverlap& middle = modules[modules.size() / 2];
        m_stack->open({middle.layer, middle.projection});
    }
}

void CompareView::retranslate()
{
    m_pairs->setAccessibleName(tr("All pairs of the ticked masks"));
    m_measure->setAccessibleName(tr("What the map shows"));
    m_stack->setTitles(tr("Map of overlaps: layers by projections"), tr("Table of overlaps by module"));
    m_model->retranslate();
    m_pairModel->retranslate();
    MaskSetView::retranslate();
}

} // namespace lori::ui
