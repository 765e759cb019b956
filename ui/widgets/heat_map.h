// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/owner_look.h"

#include <QAbstractScrollArea>
#include <QImage>
#include <QStringList>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace lori::ui {

/// A piece of a cell that is divided.
struct HeatPart {
    double share = 0; ///< of the cell's width
    OwnerLook look;
};

/// What one cell of a heat map says.
struct HeatCell {
    std::optional<double> value;   ///< none: nothing is here, and the cell stays empty
    QString text;                  ///< written into the cell
    bool crossed = false;          ///< crossed out instead of its text, so that "nothing" is seen and not only pale
    std::vector<HeatPart> parts{}; ///< side by side instead of the value's colour and the text
};

/// How values become colours.
struct HeatScale {
    enum class Kind : std::uint8_t {
        Sequential, ///< from `low` (no colour) to `high` (full colour)
        Diverging,  ///< 0 has no colour; below it one hue, above it another, full at ±max(|low|, |high|)
        None,       ///< the cells are divided: no colours of values, and no legend
    };
    Kind kind = Kind::Sequential;
    double low = 0;
    double high = 1;
    QString title;              ///< what the values are, beside the legend
    QString lowText;            ///< the legend's left end
    QString highText;           ///< the legend's right end
    std::optional<double> mark; ///< a line in the legend, e.g. the mean
    QString markText;
};

/// A table of values as a picture: rows and columns with titles, one coloured cell each.
struct HeatGrid {
    QStringList rows;
    QStringList columns;
    std::vector<HeatCell> cells; ///< row-major, rows × columns
    HeatScale scale;
};

/// Draws a HeatGrid. Arrow keys move the cell cursor, Page Up and Down by eight rows, Home and End to the corners, Enter or a
/// click opens the cell. Taller or wider than its place, it scrolls; titles and legend stay.
class HeatMap : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit HeatMap(QWidget* parent = nullptr);
    /// Shows this grid; a grid whose cells are not rows × columns is taken for empty. The cursor stays where it is unless that
    /// is outside of the new one.
    void setGrid(HeatGrid grid);
    [[nodiscard]] const HeatGrid& grid() const { return m_grid; }
    /// What is said of a cell to people and screen readers; by default "row · column: text".
    void setDescription(std::function<QString(int row, int column)> describe);
    void setEmptyText(const QString& text);
    /// The row title that the space left of the cells is made for, besides those of the grid: keeps pictures of several grids
    /// in line.
    void setWidestRowTitle(const QString& title);
    void setCursorPosition(int row, int column);
    void clearCursor();
    /// (row, column), or none.
    [[nodiscard]] std::optional<std::pair<int, int>> cursorPosition() const { return m_cursor; }
    /// What is said of the cursor's cell; empty without one.
    [[nodiscard]] QString readOut() const;
    /// Colour of a value on this map's scale.
    [[nodiscard]] QColor colourOf(double value) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void cellPointed(const QString& readOut);
    void opened(int row, int column);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    using Position = std::pair<int, int>;
    [[nodiscard]] int rowCount() const { return static_cast<int>(m_grid.rows.size()); }
    [[nodiscard]] int columnCount() const { return static_cast<int>(m_grid.columns.size()); }
    [[nodiscard]] const HeatCell& cellAt(const Position& position) const;
    void measure();
    void rebuildImage();
    void moveCursor(const Position& position);
    void openCursor();
    [[nodiscard]] std::optional<Position> positionAt(const QPointF& point) const;
    [[nodiscard]] QRectF cellRect(const Position& position) const;
    void paintCells(QPainter& painter) const;
    void paintCell(QPainter& painter, const Position& position) const;
    static void paintParts(QPainter& painter, const QRectF& cell, const std::vector<HeatPart>& parts);
    void paintHeads(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    HeatGrid m_grid;
    std::function<QString(int, int)> m_describe;
    QString m_emptyText;
    QString m_widestRowTitle;
    QImage m_image; ///< one pixel a cell
    std::optional<Position> m_cursor;
    QSizeF m_cell;
    double m_labelWidth = 0;
    double m_headHeight = 0;
    double m_legendHeight = 0;
};

} // namespace lori::ui
