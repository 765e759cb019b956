// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/second_text.h"

#include <QAbstractItemView>
#include <QStyle>

#include <algorithm>

namespace lori::ui {

void SecondTextDelegate::fitList(QComboBox& box)
{
    int widest = 0;
    for (int row = 0; row < box.count(); ++row) {
        QStyleOptionViewItem option;
        option.initFrom(box.view());
        option.font = box.font();
        option.fontMetrics = box.fontMetrics();
        widest = std::max(widest, box.itemDelegate()->sizeHint(option, box.model()->index(row, box.modelColumn())).width());
    }
    box.view()->setMinimumWidth(widest + box.style()->pixelMetric(QStyle::PM_ScrollBarExtent));
}

void SecondTextDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QString second = index.data(kRole).toString();
    if (!second.isEmpty()) {
        option->text = tr("%1 – %2", "name, what it is").arg(option->text, second);
    }
}

} // namespace lori::ui
