// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/widgets/heat_map.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>

using namespace lori::ui;

namespace {

HeatGrid grid(int rows, int columns)
{
    HeatGrid made;
    for (int row = 0; row < rows; ++row) {
        made.rows << QStringLiteral("row %1").arg(row);
    }
    for (int column = 0; column < columns; ++column) {
        made.columns << QStringLiteral("c%1").arg(column);
    }
    for (int i = 0; i < rows * columns; ++i) {
        made.cells.push_back({i / 10.0, QString::number(i / 10.0), false});
    }
    made.scale.high = rows * columns / 10.0;
    return made;
}

} // namespace

class HeatMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysMoveTheCursorAndSayTheCell()
    {
        HeatMap map;
        map.resize(600, 400);
        map.setGrid(grid(3, 4));
        map.show();
        QSignalSpy pointed(&map, &HeatMap::cellPointed);
        QSignalSpy opened(&map, &HeatMap::opened);
        QTest::keyClick(&map, Qt::Key_Right); // the first key shows where it is
        QCOMPARE(map.readOut(), QStringLiteral("row 0 · c0: 0"));
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(map.readOut(), QStringLiteral("row 1 · c1: 0.5"));
        QCOMPARE(QAccessible::queryAccessibleInterface(&map)->text(QAccessible::Value), map.readOut());
        QTest::keyClick(&map, Qt::Key_End);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.front(), (QVariantList{2, 3}));
        QCOMPARE(pointed.count(), 4);
    }

    void aCellWithoutAValueIsNeitherReadNorOpened()
    {
        HeatGrid holes = grid(1, 2);
        holes.cells[0].value.reset();
        HeatMap map;
        map.setGrid(holes);
        map.setCursorPosition(0, 0);
        QSignalSpy opened(&map, &HeatMap::opened);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(map.readOut(), QString());
        QCOMPARE(opened.count(), 0);
    }

    void aSmallerGridForgetsACursorOutsideOfIt()
    {
        HeatMap map;
        map.setGrid(grid(5, 5));
        map.setCursorPosition(4, 4);
        map.setGrid(grid(5, 5));
        QVERIFY(map.cursorPosition());
        map.setGrid(grid(2, 2));
        QVERIFY(!map.cursorPosition());
        map.setCursorPosition(7, 7); // no such cell
        QVERIFY(!map.cursorPosition());
    }

    void cellsThatDoNotMatchTheTitlesShowNothing()
    {
        HeatGrid wrong = grid(2, 2);
        wrong.cells.pop_back();
        HeatMap map;
        map.resize(300, 200);
        map.setEmptyText(QStringLiteral("nothing yet"));
        map.setGrid(wrong);
        QVERIFY(map.grid().rows.isEmpty());
        QVERIFY(!map.grab().isNull());
        map.setGrid({});
        QVERIFY(!map.grab().isNull());
    }

    void aDivergingScaleColoursBySign()
    {
        HeatGrid both = grid(1, 3);
        both.scale.kind = HeatScale::Kind::Diverging;
        both.scale.low = -2;
        both.scale.high = 1;
        HeatMap map;
        map.setGrid(both);
        QVERIFY(map.colourOf(-2) != map.colourOf(2));
        QCOMPARE(map.colourOf(5), map.colourOf(2)); // the larger end holds for both
        QVERIFY(map.colourOf(0) != map.colourOf(1));
        QVERIFY(map.colourOf(-1) != map.colourOf(-2));
    }

    void aWideGridScrollsToTheCursorAndKeepsItsTitles()
    {
        HeatMap map;
        map.resize(300, 200);
        map.setGrid(grid(40, 40));
        map.show();
        QVERIFY(map.horizontalScrollBar()->maximum() > 0);
        map.setCursorPosition(39, 39);
        QCOMPARE(map.horizontalScrollBar()->value(), map.horizontalScrollBar()->maximum());
        QCOMPARE(map.verticalScrollBar()->value(), map.verticalScrollBar()->maximum());
        map.setCursorPosition(0, 0);
        QCOMPARE(map.horizontalScrollBar()->value(), 0);
        QCOMPARE(map.verticalScrollBar()->value(), 0);
    }

    void aClickOpensTheCellUnderThePointer()
    {
        HeatMap map;
        map.resize(400, 300);
        map.setGrid(grid(2, 2));
        map.show();
        QSignalSpy opened(&map, &HeatMap::opened);
        QTest::mouseClick(map.viewport(), Qt::LeftButton, {}, QPoint(3, 3)); // on no cell
        QCOMPARE(opened.count(), 0);
        map.setCursorPosition(0, 0);
        QTest::mouseClick(map.viewport(), Qt::LeftButton, {}, QPoint(110, 45));
        QCOMPARE(opened.count(), 1);
    }
};

LORI_TEST(HeatMapTest)
#include "heat_map_test.moc"
