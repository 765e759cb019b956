// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/fact_list.h"

#include <QGridLayout>
#include <QLabel>

namespace lori::ui {

FactList::FactList(const QString& objectName, QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    setObjectName(objectName);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    m_grid->setVerticalSpacing(fontMetrics().height() / 5);
}

void FactList::setFacts(const std::vector<Fact>& facts)
{
    while (m_rows.size() < facts.size()) {
        const int place = static_cast<int>(m_rows.size());
        Row row{new QLabel(this), new QLabel(this)};
        row.name->setObjectName(QStringLiteral("factName"));
        row.name->setWordWrap(true);
        row.value->setObjectName(QStringLiteral("factValue"));
        row.value->setWordWrap(true);
        row.value->setTextFormat(Qt::PlainText);
        row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(row.name, place, 0, Qt::AlignTop);
        m_grid->addWidget(row.value, place, 1, Qt::AlignTop);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool isUsed = i < facts.size();
        m_rows[i].name->setVisible(isUsed);
        m_rows[i].value->setVisible(isUsed);
        if (isUsed) {
            m_rows[i].name->setText(facts[i].name);
            m_rows[i].value->setText(facts[i].value);
            m_rows[i].value->setToolTip(facts[i].tip);
            m_rows[i].value->setAccessibleDescription(facts[i].tip);
            setTone(*m_rows[i].value, facts[i].tone);
        }
    }
}

QString FactList::valueOf(const QString& name) const
{
    for (const Row& row : m_rows) {
        if (row.name->text() == name && !row.name->isHidden()) {
            return row.value->text();
        }
    }
    return {};
}

void setTone(QLabel& label, Tone tone)
{
    QPalette colours;
    if (tone != Tone::Quiet) {
        const QPalette own = label.parentWidget() != nullptr ? label.parentWidget()->palette() : label.palette();
        colours.setColor(QPalette::WindowText, toneColour(tone, own));
    }
    label.setPalette(colours);
}

} // namespace lori::ui
