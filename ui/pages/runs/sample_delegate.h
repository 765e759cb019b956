// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace lori::ui {

/// Paints a cell of a SampleModel in as many lines as it is tall: words that the check before did not have are bold and
/// underlined, and the newest column stands on a tinted ground.
class SampleDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace lori::ui
