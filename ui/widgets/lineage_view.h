// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/adapter_lineage.h"

#include <QWidget>

namespace lori::ui {

/// Boxes from model and data down to the adapter, each joined with what it came from. Arrow keys go from box to box, Enter or a
/// click opens one that can be opened; screen readers hear the box and, as the description, the whole picture.
class LineageView final : public QWidget {
    Q_OBJECT

public:
    explicit LineageView(QWidget* parent = nullptr);

    void setLineage(AdapterLineage lineage);
    [[nodiscard]] const AdapterLineage& lineage() const { return m_lineage; }
    [[nodiscard]] std::size_t current() const { return m_current; } ///< a place in lineage().nodes
    [[nodiscard]] QRectF boxOf(std::size_t node) const;
    /// "LoRI-D, 8 steps; from Built-in model, Capitals"
    [[nodiscard]] QString readOut() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void opened(const lori::ui::LineageNode& node);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] bool canOpen(std::size_t node) const;
    [[nodiscard]] std::size_t nodeAt(const QPointF& point) const; ///< nodes.size() when there is none
    /// The box to go to from the current one; the current one when there is none.
    [[nodiscard]] std::size_t neighbour(int key) const;
    void goTo(std::size_t node);
    void open(std::size_t node);
    void paintBox(QPainter& painter, std::size_t node) const;
    void paintEdges(QPainter& painter) const;

    AdapterLineage m_lineage;
    std::size_t m_current = 0;
};

} // namespace lori::ui
