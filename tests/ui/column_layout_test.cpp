// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/models/table_model.h"
#include "ui/widgets/column_layout.h"

#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <QtTest>

using namespace lori::ui;

namespace {

void addColumn(QStandardItemModel& model, const char* id)
{
    const int column = model.columnCount();
    model.insertColumn(column);
    model.setHeaderData(column, Qt::Horizontal, QLatin1String(id), TableRole::ColumnId);
}

/// A table whose columns stand in the order in which they came, each 100 wide.
struct Table {
    explicit Table(std::initializer_list<const char*> ids)
    {
        for (const char* id : ids) {
            addColumn(model, id);
        }
        view.setModel(&model);
        view.horizontalHeader()->setSectionsMovable(true);
        layout = new ColumnLayout(view.horizontalHeader(), [this](int column) {
            return ColumnLayout::Start{100, idOf(column) != QLatin1String("rare"), column == 0 ? QString() : idOf(column - 1)};
        });
    }
    [[nodiscard]] QString idOf(int column) const
    {
        return model.headerData(column, Qt::Horizontal, TableRole::ColumnId).toString();
    }
    /// The ids of the columns that are shown, from left to right.
    [[nodiscard]] QStringList shown() const
    {
        QStringList ids;
        for (int visual = 0; visual < header().count(); ++visual) {
            const int column = header().logicalIndex(visual);
            if (!header().isSectionHidden(column)) {
                ids << idOf(column);
            }
        }
        return ids;
    }
    [[nodiscard]] QHeaderView& header() const { return *view.horizontalHeader(); }

    QStandardItemModel model;
    QTableView view;
    ColumnLayout* layout = nullptr;
};

} // namespace

class ColumnLayoutTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAPersonArrangedComesBack()
    {
        Table before({"name", "loss", "rare", "note"});
        QCOMPARE(before.shown(), (QStringList{QStringLiteral("name"), QStringLiteral("loss"), QStringLiteral("note")}));
        before.header().moveSection(3, 0); // the note first, as dragged
        before.header().resizeSection(1, 77);
        before.layout->choose(2, true);
        before.layout->choose(1, false);
        Table after({"name", "loss", "rare", "note"});
        after.layout->restore(before.layout->state());
        QCOMPARE(after.shown(), (QStringList{QStringLiteral("note"), QStringLiteral("name"), QStringLiteral("rare")}));
        after.layout->choose(1, true);
        QCOMPARE(after.shown(),
                 (QStringList{QStringLiteral("note"), QStringLiteral("name"), QStringLiteral("loss"), QStringLiteral("rare")}));
        QCOMPARE(after.header().sectionSize(1), 77);
    }

    void aColumnThatIsNotThereKeepsItsPlace()
    {
        Table before({"name", "loss", "gsm8k", "note"});
        before.layout->choose(2, false);
        Table after({"name", "loss", "note"});
        after.layout->restore(before.layout->state());
        addColumn(after.model, "boolq"); // new: behind its neighbour of the start
        addColumn(after.model, "gsm8k"); // known: hidden, as it was
        after.layout->arrange();
        QCOMPARE(after.shown(),
                 (QStringList{QStringLiteral("name"), QStringLiteral("loss"), QStringLiteral("note"), QStringLiteral("boolq")}));
        after.layout->choose(4, true);
        QCOMPARE(after.shown(), (QStringList{QStringLiteral("name"), QStringLiteral("loss"), QStringLiteral("gsm8k"),
                                             QStringLiteral("note"), QStringLiteral("boolq")}));
    }

    void anEmptyColumnIsNotShownAndIsStillChosen()
    {
        Table table({"name", "gsm8k"});
        bool empty = true;
        table.layout->setEmpty([&](int column) { return column == 1 && empty; });
        table.layout->arrange();
        QCOMPARE(table.shown(), QStringList{QStringLiteral("name")});
        QVERIFY(table.layout->isChosen(1));
        table.layout->restore(table.layout->state());
        empty = false;
        table.layout->arrange();
        QCOMPARE(table.shown(), (QStringList{QStringLiteral("name"), QStringLiteral("gsm8k")}));
    }

    void nonsenseIsIgnored()
    {
        Table table({"name", "loss"});
        for (const char* state : {"", "{", "[]", R"({"columns": 3})", R"({"columns": [4, {"id": 5}]})",
                                  R"({"columns": [{"id": "loss", "width": -4, "shown": true}]})"}) {
            table.layout->restore(state);
            QCOMPARE(table.shown().size(), 2);
            QVERIFY(table.header().sectionSize(1) > 0);
        }
    }
};

LORI_TEST(ColumnLayoutTest)
#include "column_layout_test.moc"
