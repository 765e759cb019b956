// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_header.h"

#include "ui/theme.h"

#include <QLineEdit>

namespace lori::ui {

FilterHeader::FilterHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("filterHeader"));
    setSectionsMovable(true);
    setSectionsClickable(true);
    setSortIndicatorShown(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignTop);
    connect(this, &QHeaderView::sectionResized, this, &FilterHeader::placeFields);
    connect(this, &QHeaderView::sectionMoved, this, &FilterHeader::placeFields);
    connect(this, &QHeaderView::geometriesChanged, this, &FilterHeader::placeFields);
}

void FilterHeader::makeFields()
{
    while (static_cast<int>(m_fields.size()) < count()) {
        const int column = static_cast<int>(m_fields.size());
        auto* edit = new QLineEdit(this);
        edit->setObjectName(QStringLiteral("columnFilter%1").arg(column));
        edit->setClearButtonEnabled(true);
        connect(edit, &QLineEdit::textChanged, this, [this, column](const QString& text) { Q_EMIT filterChanged(column, text); });
        m_fields.push_back(edit);
    }
    for (int column = 0; column < count(); ++column) {
        const QString title = model()->headerData(column, Qt::Horizontal).toString();
        QLineEdit* edit = field(column);
        edit->setAccessibleName(tr("Filter of column %1").arg(title));
        edit->setPlaceholderText(tr("filter"));
        edit->setToolTip(tr("%1: a word, !word, >0.8, 10..20, = for empty, ! for not empty").arg(title));
    }
    placeFields();
}

QLineEdit* FilterHeader::field(int column) const
{
    return column >= 0 && column < static_cast<int>(m_fields.size()) ? m_fields[static_cast<std::size_t>(column)] : nullptr;
}

void FilterHeader::clearFields()
{
    for (QLineEdit* edit : m_fields) {
        edit->clear();
    }
}

void FilterHeader::setFieldValid(int column, bool valid)
{
    if (QLineEdit* edit = field(column)) {
        QPalette colours = palette();
        if (!valid) {
            colours.setColor(QPalette::Text, toneColour(Tone::Alarm, palette()));
        }
        edit->setPalette(colours);
        edit->setAccessibleDescription(valid ? QString() : tr("This filter cannot be understood: a number is missing"));
    }
}

QSize FilterHeader::sizeHint() const
{
    QSize size = QHeaderView::sizeHint();
    if (!m_fields.empty()) {
        size.rheight() += m_fields.front()->sizeHint().height() + 2;
    }
    return size;
}

void FilterHeader::updateGeometries()
{
    // The room below the titles belongs to the fields.
    setViewportMargins(0, 0, 0, m_fields.empty() ? 0 : m_fields.front()->sizeHint().height() + 2);
    QHeaderView::updateGeometries();
    placeFields();
}

void FilterHeader::placeFields()
{
    for (int column = 0; column < static_cast<int>(m_fields.size()) && column < count(); ++column) {
        QLineEdit* edit = field(column);
        const int height = edit->sizeHint().height();
        // A section that is being hidden is told of as resized to 0 before it counts as hidden.
        edit->setVisible(!isSectionHidden(column) && sectionSize(column) > 0);
        edit->setGeometry(sectionViewportPosition(column), this->height() - height - 1, sectionSize(column), height);
    }
}

} // namespace lori::ui
