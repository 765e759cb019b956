// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/changes_dialog.h"

#include "ui/widgets/fitting.h"
#include "ui/widgets/table_copy.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace lori::ui {

ChangesDialog::ChangesDialog(QWidget* parent) : QDialog(parent), m_table(new QTableWidget(0, 3, this))
{
    setObjectName(QStringLiteral("changesDialog"));
    setWindowTitle(tr("Changed from the start"));
    m_table->setObjectName(QStringLiteral("changes"));
    m_table->setAccessibleName(tr("Changed settings"));
    m_table->setHorizontalHeaderLabels({tr("Setting"), tr("At the start"), tr("Now")});
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch); // long values are in the tips
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    makeCopyable(*m_table);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_back = buttons->addButton(tr("Set &back"), QDialogButtonBox::ActionRole);
    m_back->setObjectName(QStringLiteral("setBack"));
    m_show = buttons->addButton(tr("&Go to the field"), QDialogButtonBox::ActionRole);
    m_show->setObjectName(QStringLiteral("goToField"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_table);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTableWidget::currentCellChanged, this, &ChangesDialog::enableButtons);
    connect(m_back, &QPushButton::clicked, this, [this] {
        if (const Row* row = current()) {
            Q_EMIT backRequested(Row(*row)); // a copy: the rows are made anew meanwhile
        }
    });
    const auto show = [this] {
        if (const Row* row = current()) {
            const QString path = row->path;
            accept();
            Q_EMIT shown(path);
        }
    };
    connect(m_show, &QPushButton::clicked, this, show);
    connect(m_table, &QTableWidget::cellActivated, this, show);
    const int wide = fontMetrics().averageCharWidth();
    resizeWithinParent(*this, {wide * 90, fontMetrics().height() * 20});
    m_table->setFocus();
}

void ChangesDialog::setRows(std::vector<Row> rows)
{
    const int selected = std::max(0, m_table->currentRow());
    m_rows = std::move(rows);
    m_table->setRowCount(static_cast<int>(m_rows.size()));
    for (int at = 0; at < m_table->rowCount(); ++at) {
        const Row& row = m_rows[static_cast<std::size_t>(at)];
        int column = 0;
        for (const QString& text : {row.name, row.was, row.now}) {
            auto* item = new QTableWidgetItem(text); // the table takes it
            item->setToolTip(column == 0 ? row.path : text);
            m_table->setItem(at, column++, item);
        }
    }
    if (m_table->rowCount() > 0) {
        m_table->setCurrentCell(std::min(selected, m_table->rowCount() - 1), 0);
    }
    enableButtons();
}

const ChangesDialog::Row* ChangesDialog::current() const
{
    const int at = m_table->currentRow();
    return at < 0 || static_cast<std::size_t>(at) >= m_rows.size() ? nullptr : &m_rows[static_cast<std::size_t>(at)];
}

void ChangesDialog::enableButtons()
{
    const Row* row = current();
    m_back->setEnabled(row != nullptr && !row->json.isNull());
    m_back->setToolTip(row != nullptr && row->json.isNull() ? tr("Edit › Undo takes this back") : QString());
    m_show->setEnabled(row != nullptr);
}

} // namespace lori::ui
