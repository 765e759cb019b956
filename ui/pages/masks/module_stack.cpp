// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/module_stack.h"

#include "ui/models/mask_words.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/owner_legend.h"
#include "ui/widgets/owner_picture.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace lori::ui {
namespace {

enum ViewPlace { ModuleMapPlace, ModuleTablePlace, PicturePlace, OwnerTablePlace };
constexpr int kLines = 12; ///< least height in lines of text

/// Entries of each group: free, each mask alone, several.
std::vector<std::int64_t> countsOf(const analysis::EntryOwners& owners, int masks)
{
    std::vector<std::int64_t> counts(static_cast<std::size_t>(masks) + 2, 0);
    for (const std::uint32_t keptBy : owners.keptBy) {
        ++counts[static_cast<std::size_t>(ownerGroup(keptBy, masks))];
    }
    return counts;
}

} // namespace

ModuleStack::ModuleStack(const QString& name, QAbstractItemModel* table, QWidget* parent) : QWidget(parent), m_name(name)
{
    setObjectName(name);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    makeLine();
    layout->addWidget(m_line->parentWidget());
    m_readOut = new QLabel(this);
    m_readOut->setObjectName(name + QStringLiteral("ReadOut"));
    m_readOut->setWordWrap(true);
    m_readOut->setMinimumHeight(fontMetrics().height());
    layout->addWidget(m_readOut);
    m_stack = new QStackedWidget(this);
    m_stack->setObjectName(name + QStringLiteral("Stack"));
    m_stack->setMinimumHeight(fontMetrics().height() * kLines);
    m_map = new HeatMap(m_stack);
    m_map->setObjectName(name + QStringLiteral("Map"));
    m_table = makeTable(name + QStringLiteral("Table"), table);
    m_picture = new OwnerPicture(m_stack);
    m_picture->setObjectName(name + QStringLiteral("Picture"));
    m_ownerModel = new OwnerTableModel(this);
    m_ownerTable = makeTable(name + QStringLiteral("Entries"), m_ownerModel);
    m_ownerTable->verticalHeader()->show();
    for (QWidget* one : {static_cast<QWidget*>(m_map), static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_picture),
                         static_cast<QWidget*>(m_ownerTable)}) {
        m_stack->addWidget(one);
    }
    layout->addWidget(m_stack, 1);
    m_legend = new OwnerLegend(this);
    m_legend->setObjectName(name + QStringLiteral("Legend"));
    layout->addWidget(m_legend);

    connect(m_map, &HeatMap::cellPointed, m_readOut, &QLabel::setText);
    connect(m_map, &HeatMap::opened, this, [this](int row, int column) {
        if (const auto module = moduleAt(row, column)) {
            open(m_modules[*module]);
        }
    });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (index.row() < static_cast<int>(m_modules.size())) {
            open(m_modules[static_cast<std::size_t>(index.row())]);
        }
    });
    connect(m_picture, &OwnerPicture::entryPointed, this, [this](const QString& text) {
        if (m_opened) {
            m_readOut->setText(tr("layer %1 · %2: %3").arg(m_opened->layer).arg(moduleTitle(m_opened->projection), text));
        }
    });
    retranslate();
    refresh();
}

void ModuleStack::makeLine()
{
    auto* line = new QWidget(this);
    m_line = new FlowLayout(line);
    m_line->setContentsMargins(0, 0, 0, 0);
    m_back = new QToolButton(line);
    m_back->setObjectName(m_name + QStringLiteral("Back"));
    m_asTable = new QToolButton(line);
    m_asTable->setObjectName(m_name + QStringLiteral("AsTable"));
    m_asTable->setCheckable(true);
    m_line->addWidget(m_back);
    m_line->addWidget(m_asTable);
    connect(m_back, &QToolButton::clicked, this, &ModuleStack::close);
    connect(m_asTable, &QToolButton::toggled, this, &ModuleStack::refresh);
}

QTableView* ModuleStack::makeTable(const QString& name, QAbstractItemModel* model)
{
    auto* table = new QTableView(m_stack);
    table->setObjectName(name);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    return table;
}

void ModuleStack::addControl(QWidget* control)
{
    control->setParent(m_line->parentWidget());
    m_line->addWidget(control);
    QWidget::setTabOrder(control, m_back);
}

void ModuleStack::setTitles(const QString& map, const QString& table)
{
    m_map->setAccessibleName(map);
    m_table->setAccessibleName(table);
}

void ModuleStack::setModules(std::vector<ModulePlace> modules, const std::function<HeatCell(std::size_t)>& cellOf,
                             const HeatScale& scale, std::function<QString(std::size_t)> describe)
{
    m_modules = std::move(modules);
    std::set<std::int64_t> layers;
    std::set<Projection> projections;
    for (const ModulePlace& place : m_modules) {
        layers.insert(place.layer);
        projections.insert(place.projection);
    }
    m_layers.assign(layers.begin(), layers.end());
    m_projections.assign(projections.begin(), projections.end());
    HeatGrid grid;
    grid.scale = scale;
    for (const Projection projection : m_projections) {
        grid.columns << projectionTitle(projection);
    }
    for (std::size_t row = 0; row < m_layers.size(); ++row) {
        grid.rows << tr("Layer %1").arg(m_layers[row]);
        for (std::size_t column = 0; column < m_projections.size(); ++column) {
            const auto module = moduleAt(static_cast<int>(row), static_cast<int>(column));
            grid.cells.push_back(module ? cellOf(*module) : HeatCell{});
        }
    }
    m_map->setDescription([this, describe = std::move(describe)](int row, int column) {
        const auto module = moduleAt(row, column);
        return module ? describe(*module) : QString();
    });
    m_map->setGrid(std::move(grid));
    if (m_opened && std::find(m_modules.begin(), m_modules.end(), *m_opened) == m_modules.end()) {
        m_opened.reset();
    }
    if (m_opened) {
        Q_EMIT moduleOpened(*m_opened);
    } else {
        m_readOut->setText(m_map->readOut());
    }
    m_table->resizeColumnsToContents();
    refresh();
}

std::optional<std::size_t> ModuleStack::moduleAt(int row, int column) const
{
    const ModulePlace place{m_layers[static_cast<std::size_t>(row)], m_projections[static_cast<std::size_t>(column)]};
    const auto found = std::find(m_modules.begin(), m_modules.end(), place);
    return found == m_modules.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - m_modules.begin()));
}

void ModuleStack::showOwners(const analysis::EntryOwners& owners, const QStringList& masks)
{
    m_ownerMasks = masks;
    m_ownerCounts = countsOf(owners, static_cast<int>(masks.size()));
    m_ownerModel->setOwners(owners, [masks](std::uint32_t keptBy) { return OwnerWords::entry(keptBy, masks); });
    m_picture->setOwners(owners, masks);
    refresh();
}

void ModuleStack::setMapLegend(const QStringList& masks, const std::vector<std::int64_t>& counts)
{
    m_mapMasks = masks;
    m_mapCounts = counts;
    refresh();
}

void ModuleStack::open(const ModulePlace& place)
{
    if (std::find(m_modules.begin(), m_modules.end(), place) == m_modules.end()) {
        return;
    }
    m_opened = place;
    Q_EMIT moduleOpened(place);
    if (m_picture->readOut().isEmpty()) {
        m_readOut->setText(tr("layer %1 · %2").arg(place.layer).arg(moduleTitle(place.projection)));
    }
    refresh();
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void ModuleStack::close()
{
    m_opened.reset();
    m_readOut->setText(m_map->readOut());
    refresh();
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void ModuleStack::refresh()
{
    const bool table = m_asTable->isChecked();
    m_back->setVisible(m_opened.has_value());
    m_stack->setCurrentIndex(m_opened ? (table ? OwnerTablePlace : PicturePlace) : (table ? ModuleTablePlace : ModuleMapPlace));
    m_legend->setCounts(m_opened ? m_ownerMasks : m_mapMasks, m_opened ? m_ownerCounts : m_mapCounts);
}

void ModuleStack::retranslate()
{
    m_back->setText(tr("← &Back to the map"));
    m_back->setAccessibleName(tr("Back to the map of all modules"));
    m_asTable->setText(tr("Sho&w as table"));
    m_asTable->setAccessibleName(tr("Show the numbers as a table"));
    m_ownerTable->setAccessibleName(tr("Table of whose the entries of one B are"));
    m_map->setWidestRowTitle(tr("Layer %1").arg(888));
}

void ModuleStack::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void ModuleStack::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_opened) {
        close();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace lori::ui
