// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/sample_delegate.h"

#include "ui/models/sample_model.h"
#include "ui/widgets/plot_style.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>

namespace lori::ui {

void SampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = option.text;
    option.text.clear();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (SampleModel::isNewest(index) && !selected) {
        option.backgroundBrush = mixed(option.palette.color(QPalette::Base), option.palette.color(QPalette::Highlight), 0.14);
    }
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

    QTextLayout layout(text, option.font);
    QTextOption wrap(Qt::AlignLeft);
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrap);
    QList<QTextLayout::FormatRange> marks;
    if (const auto* model = qobject_cast<const SampleModel*>(index.model())) {
        for (const TextSpan& span : model->changesIn(index)) {
            QTextLayout::FormatRange mark;
            mark.start = static_cast<int>(span.start);
            mark.length = static_cast<int>(span.length);
            mark.format.setFontWeight(QFont::Bold);
            mark.format.setFontUnderline(true);
            marks.append(mark);
        }
    }
    layout.setFormats(marks);
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 2;
    const QRectF place = QRectF(option.rect).adjusted(margin, margin, -margin, -margin);
    layout.beginLayout();
    double y = 0;
    while (y < place.height()) { // asked before a line is made: one that is made and not placed would be drawn over the first
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(place.width());
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    painter->save();
    painter->setClipRect(option.rect);
    painter->setPen(option.palette.color(QPalette::Active, selected ? QPalette::HighlightedText : QPalette::Text));
    layout.draw(painter, place.topLeft());
    painter->restore();
}

} // namespace lori::ui
