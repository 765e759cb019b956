// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace lori::ui {

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    std::vector<std::pair<QString, QString>> rows;
    for (const QAction* action : actions) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) {
            keys.append(key.toString(QKeySequence::NativeText));
        }
        if (!keys.isEmpty()) {
            rows.emplace_back(Text::withoutMnemonic(action->text()), keys.join(tr(" or ")));
        }
    }
    rows.emplace_back(tr("Next field, previous field"), QStringLiteral("Tab, Shift+Tab"));
    rows.emplace_back(tr("Close the message"), QStringLiteral("Esc"));
    rows.emplace_back(tr("Charts: move the crosshair, zoom, whole range"), tr("Arrows, + and −, Home"));
    rows.emplace_back(tr("History: search, rename, compare"), QStringLiteral("Ctrl+F, F2, Ctrl+D"));
    rows.emplace_back(tr("Masks: copy the picture"), QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText));
    rows.emplace_back(tr("Runs, Log: as it is stored"), QStringLiteral("Ctrl+E"));
    rows.emplace_back(tr("Models: take a folder off the list"), QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText));
    rows.emplace_back(tr("Sequence: a stage earlier or later"), tr("Alt and Left or Right"));
    rows.emplace_back(tr("Menu by letter, first menu"), tr("Alt and the underlined letter, F10"));

    auto* table = new QTableWidget(static_cast<int>(rows.size()), 2, this);
    table->setObjectName(QStringLiteral("shortcutTable"));
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("What it does"), tr("Keys")});
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(rows[static_cast<std::size_t>(row)].first));
        table->setItem(row, 1, new QTableWidgetItem(rows[static_cast<std::size_t>(row)].second));
    }
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Cl&ose"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("closeShortcuts"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table);
    column->addWidget(buttons);
    resizeWithinParent(*this, {fontMetrics().averageCharWidth() * 72, fontMetrics().height() * 30});
}

} // namespace lori::ui
