// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/role_header.h"

#include <QComboBox>
#include <QEvent>
#include <QSignalBlocker>

namespace lori::ui {

RoleHeader::RoleHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("roleHeader"));
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignTop);
    connect(this, &QHeaderView::sectionResized, this, &RoleHeader::placeFields);
    connect(this, &QHeaderView::geometriesChanged, this, &RoleHeader::placeFields);
}

void RoleHeader::setChoices(const QStringList& choices)
{
    m_choices = choices;
    for (QComboBox* combo : m_fields) {
        const QSignalBlocker quiet(combo);
        for (int i = 0; i < combo->count() && i < choices.size(); ++i) {
            combo->setItemText(i, choices[i]);
        }
    }
}

void RoleHeader::makeFields()
{
    while (static_cast<int>(m_fields.size()) < count()) {
        const int column = static_cast<int>(m_fields.size());
        auto* combo = new QComboBox(this);
        combo->setObjectName(QStringLiteral("columnRole%1").arg(column));
        combo->addItems(m_choices);
        combo->setCurrentIndex(combo->count() - 1);
        combo->installEventFilter(this);
        connect(combo, &QComboBox::activated, this, [this, column](int role) { Q_EMIT roleChosen(column, role); });
        m_fields.push_back(combo);
    }
    for (int column = 0; column < count(); ++column) {
        describe(column);
    }
    updateGeometries();
    Q_EMIT geometriesChanged();
}

void RoleHeader::setRoles(const std::vector<int>& roles, bool proposed)
{
    m_proposed = proposed;
    for (int column = 0; column < count() && column < static_cast<int>(roles.size()); ++column) {
        QComboBox* combo = field(column);
        const QSignalBlocker quiet(combo);
        combo->setCurrentIndex(roles[static_cast<std::size_t>(column)]);
        QFont font = this->font();
        font.setBold(proposed && combo->currentIndex() + 1 < combo->count());
        combo->setFont(font);
        describe(column);
    }
}

void RoleHeader::setFixed(const QString& reason)
{
    m_fixed = reason;
    for (int column = 0; column < count(); ++column) {
        describe(column);
    }
}

void RoleHeader::describe(int column)
{
    QComboBox* combo = field(column);
    if (combo == nullptr) {
        return;
    }
    const QString title = model()->headerData(column, Qt::Horizontal).toString();
    const bool guessed = m_proposed && combo->currentIndex() + 1 < combo->count();
    combo->setEnabled(m_fixed.isEmpty());
    combo->setAccessibleName(tr("What column “%1” holds").arg(title));
    combo->setToolTip(!m_fixed.isEmpty() ? m_fixed
                      : guessed          ? tr("%1: proposed from its name; change it here").arg(title)
                                         : tr("%1: choose what it holds").arg(title));
    combo->setAccessibleDescription(combo->toolTip());
}

QComboBox* RoleHeader::field(int column) const
{
    return column >= 0 && column < static_cast<int>(m_fields.size()) ? m_fields[static_cast<std::size_t>(column)] : nullptr;
}

QSize RoleHeader::sizeHint() const
{
    QSize size = QHeaderView::sizeHint();
    if (!m_fields.empty()) {
        size.rheight() += m_fields.front()->sizeHint().height() + 2;
    }
    return size;
}

void RoleHeader::updateGeometries()
{
    // The room below the titles belongs to the drop-downs.
    setViewportMargins(0, 0, 0, m_fields.empty() ? 0 : m_fields.front()->sizeHint().height() + 2);
    QHeaderView::updateGeometries();
    placeFields();
}

void RoleHeader::placeFields()
{
    for (int column = 0; column < static_cast<int>(m_fields.size()); ++column) {
        QComboBox* combo = field(column);
        combo->setVisible(column < count());
        if (column < count()) {
            const int height = combo->sizeHint().height();
            combo->setGeometry(sectionViewportPosition(column), this->height() - height - 1, sectionSize(column), height);
        }
    }
}

bool RoleHeader::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        for (int column = 0; column < count(); ++column) {
            if (field(column) == watched) {
                Q_EMIT columnFocused(column);
            }
        }
    }
    return QHeaderView::eventFilter(watched, event);
}

} // namespace lori::ui
