// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table_copy.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QKeySequence>
#include <QShortcut>
#include <QStringList>

#include <set>
#include <utility>

namespace lori::ui {

QString cellsAsTsv(const QAbstractItemView& view)
{
    const QAbstractItemModel* model = view.model();
    if (model == nullptr) {
        return {};
    }
    std::set<int> rows;
    std::set<int> columns;
    std::set<std::pair<int, int>> chosen;
    const QModelIndexList selected =
        view.selectionModel() != nullptr ? view.selectionModel()->selectedIndexes() : QModelIndexList();
    for (const QModelIndex& index : selected) {
        rows.insert(index.row());
        columns.insert(index.column());
        chosen.emplace(index.row(), index.column());
    }
    if (selected.isEmpty()) {
        for (int row = 0; row < model->rowCount(); ++row) {
            rows.insert(row);
        }
        for (int column = 0; column < model->columnCount(); ++column) {
            columns.insert(column);
        }
    }
    const auto line = [&](const auto& textOf) {
        QStringList cells;
        for (const int column : columns) {
            cells.append(QString(textOf(column)).simplified());
        }
        return cells.join(QLatin1Char('\t'));
    };
    QStringList lines{line([&](int column) { return model->headerData(column, Qt::Horizontal).toString(); })};
    for (const int row : rows) {
        lines.append(line([&](int column) {
            const bool wanted = selected.isEmpty() || chosen.contains({row, column});
            return wanted ? model->index(row, column).data().toString() : QString();
        }));
    }
    return lines.join(QLatin1Char('\n'));
}

void makeCopyable(QAbstractItemView& view)
{
    auto* copy = new QShortcut(QKeySequence::Copy, &view);
    copy->setContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QShortcut::activated, &view, [&view] { QGuiApplication::clipboard()->setText(cellsAsTsv(view)); });
}

} // namespace lori::ui
