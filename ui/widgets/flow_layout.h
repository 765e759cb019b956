// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <utility>
#include <vector>

namespace lori::ui {

/// Lays widgets side by side and wraps to the next line, like words of a text: legends, and rows of buttons that must stay whole
/// with large letters. Hidden ones take no room; the first of a line that expands takes what is left of it.
class FlowLayout final : public QLayout {
public:
    explicit FlowLayout(QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    enum class Placement { Measure, Apply };
    int place(const QRect& rect, Placement placement) const; ///< returns the height used
    int placeLine(std::vector<std::pair<QLayoutItem*, QSize>>& line, int left, int top, int rest, Placement placement) const;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace lori::ui
