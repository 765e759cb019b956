// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"
#include "ui/widgets/heat_map.h"

#include <optional>
#include <vector>

namespace lori::ui {

/// Layers × projections, each cell coloured by the share of its B that the mask keeps. Rows are layers, columns projections that
/// occur. Empty modules are crossed out, not only pale.
class MaskMap final : public HeatMap {
    Q_OBJECT

public:
    struct Cell {
        std::int64_t layer = 0;
        experiment::Projection projection = experiment::Projection::Q;
        bool operator==(const Cell&) const = default;
    };

    explicit MaskMap(QWidget* parent = nullptr);
    /// Shows these modules. The cursor stays on its cell where that still exists. Cost: a few hundred cells.
    void setSummary(const analysis::MaskSummary& summary);
    [[nodiscard]] const analysis::MaskSummary& summary() const { return m_summary; }
    void setCursorCell(const Cell& cell);
    [[nodiscard]] std::optional<Cell> cursorCell() const;

Q_SIGNALS:
    void cellOpened(const lori::ui::MaskMap::Cell& cell);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    [[nodiscard]] HeatGrid gridOfSummary() const;
    [[nodiscard]] double wholeShare() const;
    [[nodiscard]] const analysis::ModuleKept* moduleAt(int row, int column) const;

    analysis::MaskSummary m_summary;
    std::vector<std::int64_t> m_layers;
    std::vector<experiment::Projection> m_projections;
    std::vector<int> m_moduleOfCell; ///< row-major index into m_summary.modules, -1 where there is none
};

} // namespace lori::ui

Q_DECLARE_METATYPE(lori::ui::MaskMap::Cell)
