// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mask_map.h"

#include "ui/models/mask_words.h"

#include <QEvent>

#include <algorithm>

namespace lori::ui {
namespace {

double shareOf(std::int64_t kept, std::int64_t total)
{
    return total > 0 ? static_cast<double>(kept) / static_cast<double>(total) : 0;
}

/// Full colour at one of four shares only, so that pictures of like masks, and of one mask while its sparsity moves, can be
/// compared.
double roundUp(double share)
{
    for (const double end : {0.1, 0.25, 0.5}) {
        if (share <= end) {
            return end;
        }
    }
    return 1;
}

template <typename T>
std::vector<T> sortedOnce(std::vector<T> list)
{
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

} // namespace

MaskMap::MaskMap(QWidget* parent) : HeatMap(parent)
{
    setObjectName(QStringLiteral("maskMap"));
    setDescription([this](int row, int column) {
        const analysis::ModuleKept* module = moduleAt(row, column);
        return module != nullptr
                   ? moduleReadOut(*module, wholeShare()) + QLatin1Char('\n') + projectionMeaning(module->projection)
                   : QString();
    });
    connect(this, &HeatMap::opened, this, [this] {
        if (const std::optional<Cell> cell = cursorCell()) {
            Q_EMIT cellOpened(*cell);
        }
    });
    retranslate();
}

void MaskMap::retranslate()
{
    setAccessibleName(tr("Map of kept entries: layers by projections"));
    setEmptyText(tr("Choose a run or an adapter to see what its mask keeps"));
    setWidestRowTitle(tr("Layer %1").arg(888));
}

void MaskMap::setSummary(const analysis::MaskSummary& summary)
{
    const std::optional<Cell> before = cursorCell();
    m_summary = summary;
    std::vector<std::int64_t> layers;
    std::vector<experiment::Projection> projections;
    for (const analysis::ModuleKept& module : m_summary.modules) {
        layers.push_back(module.layer);
        projections.push_back(module.projection);
    }
    m_layers = sortedOnce(std::move(layers));
    m_projections = sortedOnce(std::move(projections));
    m_moduleOfCell.assign(m_layers.size() * m_projections.size(), -1);
    for (std::size_t i = 0; i < m_summary.modules.size(); ++i) {
        const analysis::ModuleKept& module = m_summary.modules[i];
        const auto row = std::lower_bound(m_layers.begin(), m_layers.end(), module.layer) - m_layers.begin();
        const auto column =
            std::lower_bound(m_projections.begin(), m_projections.end(), module.projection) - m_projections.begin();
        m_moduleOfCell[static_cast<std::size_t>(row) * m_projections.size() + static_cast<std::size_t>(column)] =
            static_cast<int>(i);
    }
    clearCursor();
    setGrid(gridOfSummary());
    if (before) {
        setCursorCell(*before);
    }
}

HeatGrid MaskMap::gridOfSummary() const
{
    HeatGrid grid;
    for (const std::int64_t layer : m_layers) {
        grid.rows << tr("Layer %1").arg(layer);
    }
    for (const experiment::Projection projection : m_projections) {
        grid.columns << projectionTitle(projection);
    }
    double largest = 0;
    for (const int index : m_moduleOfCell) {
        HeatCell cell;
        if (index >= 0) {
            const analysis::ModuleKept& module = m_summary.modules[static_cast<std::size_t>(index)];
            const double share = shareOf(module.kept, module.total);
            largest = std::max(largest, share);
            cell = {share, percentText(share), module.kept == 0};
        }
        grid.cells.push_back(cell);
    }
    grid.scale.high = roundUp(largest);
    grid.scale.title = tr("Kept");
    grid.scale.lowText = percentText(0);
    grid.scale.highText = percentText(grid.scale.high);
    grid.scale.mark = wholeShare();
    grid.scale.markText = tr("whole model: %1 (bar)").arg(percentText(wholeShare()));
    return grid;
}

double MaskMap::wholeShare() const
{
    return shareOf(m_summary.kept, m_summary.total);
}

void MaskMap::setCursorCell(const Cell& cell)
{
    const auto row = std::find(m_layers.begin(), m_layers.end(), cell.layer);
    const auto column = std::find(m_projections.begin(), m_projections.end(), cell.projection);
    if (row != m_layers.end() && column != m_projections.end()) {
        setCursorPosition(static_cast<int>(row - m_layers.begin()), static_cast<int>(column - m_projections.begin()));
    }
}

std::optional<MaskMap::Cell> MaskMap::cursorCell() const
{
    const auto position = cursorPosition();
    const analysis::ModuleKept* module = position ? moduleAt(position->first, position->second) : nullptr;
    return module != nullptr ? std::optional(Cell{module->layer, module->projection}) : std::nullopt;
}

const analysis::ModuleKept* MaskMap::moduleAt(int row, int column) const
{
    const int index = m_moduleOfCell[static_cast<std::size_t>(row) * m_projections.size() + static_cast<std::size_t>(column)];
    return index < 0 ? nullptr : &m_summary.modules[static_cast<std::size_t>(index)];
}

void MaskMap::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        setGrid(gridOfSummary());
    }
    HeatMap::changeEvent(event);
}

} // namespace lori::ui
