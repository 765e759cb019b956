// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QStyledItemDelegate>

namespace lori::ui {

/// Writes what an item holds under kRole behind its text, in the list of a box alone: the closed box has less room.
class SecondTextDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int kRole = Qt::UserRole + 40;
    /// The list of this box shows second texts from now on.
    explicit SecondTextDelegate(QComboBox& box) : QStyledItemDelegate(&box) { box.setItemDelegate(this); }
    /// Makes the list as wide as its longest item, after items were set.
    static void fitList(QComboBox& box);

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace lori::ui
