// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QWidget>

#include <algorithm>
#include <utility>

namespace lori::ui {

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.emplace_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    const auto position = m_items.begin() + index;
    QLayoutItem* item = position->release();
    m_items.erase(position);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return place(QRect(0, 0, width, 0), Placement::Measure);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto& item : m_items) {
        size = size.expandedTo(item->minimumSize());
    }
    return size;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    place(rect, Placement::Apply);
}

int FlowLayout::place(const QRect& rect, Placement placement) const
{
    const int gap = std::max(2, spacing());
    const int room = std::max(1, rect.width());
    int y = rect.top();
    std::size_t next = 0;
    while (next < m_items.size()) {
        std::vector<std::pair<QLayoutItem*, QSize>> line;
        int used = 0;
        for (; next < m_items.size(); ++next) {
            QLayoutItem* item = m_items[next].get();
            if (item->widget() != nullptr && item->widget()->isHidden()) {
                continue;
            }
            const QSize size = item->sizeHint().boundedTo(QSize(room, QWIDGETSIZE_MAX));
            if (!line.empty() && used + gap + size.width() > room) {
                break;
            }
            used += (line.empty() ? 0 : gap) + size.width();
            line.emplace_back(item, size);
        }
        if (line.empty()) {
            break;
        }
        y += placeLine(line, rect.left(), y, room - used, placement) + (next < m_items.size() ? gap : 0);
    }
    return y - rect.top();
}

/// What is left in a line goes to its first item that expands. Returns the line's height.
int FlowLayout::placeLine(std::vector<std::pair<QLayoutItem*, QSize>>& line, int left, int top, int rest,
                          Placement placement) const
{
    int height = 0;
    for (auto& [item, size] : line) {
        if ((item->expandingDirections() & Qt::Horizontal) != 0) {
            size.rwidth() += std::exchange(rest, 0);
        }
        height = std::max(height, size.height());
    }
    if (placement == Placement::Apply) {
        for (const auto& [item, size] : line) {
            item->setGeometry(QRect(QPoint(left, top + (height - size.height()) / 2), size));
            left += size.width() + std::max(2, spacing());
        }
    }
    return height;
}

} // namespace lori::ui
