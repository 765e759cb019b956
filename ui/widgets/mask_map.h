// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <optional>
#include <vector>

namespace lori::ui {

/// Layers × projections, each cell coloured by the share of its B that the mask keeps. Rows are layers, columns projections that
/// occur. Arrow keys move the cell cursor, Enter or a click opens the cell. Empty modules are crossed out, not only pale.
class MaskMap final : public QAbstractScrollArea {
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
    /// "layer 11 · v_proj: 23.4 % kept (whole model 10.0 %)"; empty without a cell.
    [[nodiscard]] QString readOut() const;
    /// Colour of a kept share on this map's scale.
    [[nodiscard]] QColor colourOf(double share) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void cellPointed(const QString& readOut);
    void cellOpened(const lori::ui::MaskMap::Cell& cell);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Position {
        int row = 0;
        int column = 0;
        bool operator==(const Position&) const = default;
    };
    void measure();
    void rebuildImage();
    void moveCursor(const Position& position);
    void openCursor();
    [[nodiscard]] const analysis::ModuleKept* moduleAt(const Position& position) const;
    [[nodiscard]] std::optional<Position> positionAt(const QPointF& point) const;
    [[nodiscard]] QRectF cellRect(const Position& position) const;
    void paintCells(QPainter& painter) const;
    void paintCell(QPainter& painter, const Position& position) const;
    void paintHeads(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    analysis::MaskSummary m_summary;
    std::vector<std::int64_t> m_layers;
    std::vector<experiment::Projection> m_projections;
    std::vector<int> m_moduleOfCell; ///< row-major index into m_summary.modules, -1 where there is none
    QImage m_image;                  ///< one pixel a cell
    std::optional<Position> m_cursor;
    double m_wholeShare = 0;
    double m_scaleEnd = 1; ///< kept share with the strongest colour
    QSizeF m_cell;
    double m_labelWidth = 0;
    double m_headHeight = 0;
    double m_legendHeight = 0;
};

} // namespace lori::ui

Q_DECLARE_METATYPE(lori::ui::MaskMap::Cell)
