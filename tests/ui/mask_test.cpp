// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/models/b_matrix_model.h"
#include "ui/models/mask_table_model.h"
#include "ui/widgets/b_matrix_image.h"
#include "ui/widgets/b_matrix_view.h"
#include "ui/widgets/mask_map.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>

#include <numeric>

using namespace lori;
using namespace lori::ui;
using experiment::Projection;

namespace {

analysis::MaskSummary summary(int layers)
{
    analysis::MaskSummary made;
    for (int layer = 0; layer < layers; ++layer) {
        for (const Projection projection : experiment::kAllProjections) {
            const std::int64_t kept =
                layer == 2 && projection == Projection::V ? 0 : 10 * (layer + 1) + static_cast<int>(projection);
            made.modules.push_back({layer, projection, kept, 1000, 0.5});
            made.kept += kept;
            made.total += 1000;
        }
    }
    return made;
}

BMatrix matrix(int out, int rank)
{
    BMatrix made;
    made.layer = 3;
    made.projection = Projection::Up;
    made.out = out;
    made.rank = rank;
    made.magnitude.resize(static_cast<std::size_t>(out * rank));
    std::iota(made.magnitude.begin(), made.magnitude.end(), 0.0F);
    made.kept.resize(made.magnitude.size());
    for (std::size_t i = 0; i < made.kept.size(); ++i) {
        made.kept[i] = i % 3 == 0 ? 1 : 0;
    }
    return made;
}

} // namespace

class MaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void theReadOutNamesTheCellAndItsCounts()
    {
        MaskMap map;
        map.resize(700, 600);
        map.setSummary(summary(12));
        map.setCursorCell({11, Projection::V});
        QCOMPARE(map.readOut(), QStringLiteral("layer 11 · v_proj: 12.2 % kept, 122 of 1000 entries (whole model 6.8 %)\n"
                                               "v: what a token hands on when it is found"));
        QCOMPARE(QAccessible::queryAccessibleInterface(&map)->text(QAccessible::Value), map.readOut());
    }

    void arrowsMoveAndEnterOpens()
    {
        MaskMap map;
        map.resize(700, 600);
        map.setSummary(summary(4));
        map.show();
        QSignalSpy opened(&map, &MaskMap::cellOpened);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(map.cursorCell(), std::optional(MaskMap::Cell{0, Projection::Q}));
        QTest::keyClick(&map, Qt::Key_Down);
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.front().front().value<MaskMap::Cell>(), (MaskMap::Cell{1, Projection::K}));
        QTest::keyClick(&map, Qt::Key_End);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(map.cursorCell(), std::optional(MaskMap::Cell{3, Projection::Down}));
    }

    void aClickOpensTheCellUnderThePointer()
    {
        MaskMap map;
        map.resize(700, 600);
        map.setSummary(summary(4));
        map.show();
        QSignalSpy opened(&map, &MaskMap::cellOpened);
        QTest::mouseClick(map.viewport(), Qt::LeftButton, {}, QPoint(300, 60));
        QCOMPARE(opened.count(), 1);
    }

    void theCursorIsBroughtIntoViewInATallMap()
    {
        MaskMap map;
        map.resize(500, 250);
        map.setSummary(summary(40));
        map.show();
        map.setCursorCell({39, Projection::Q});
        QVERIFY(map.verticalScrollBar()->maximum() > 0);
        QCOMPARE(map.verticalScrollBar()->value(), map.verticalScrollBar()->maximum());
    }

    void anotherThresholdKeepsTheCursor()
    {
        MaskMap map;
        map.setSummary(summary(4));
        map.setCursorCell({2, Projection::O});
        analysis::MaskSummary other = summary(4);
        other.modules.front().kept = 900;
        map.setSummary(other);
        QCOMPARE(map.cursorCell(), std::optional(MaskMap::Cell{2, Projection::O}));
    }

    void anAdapterOnSomeModulesOnlyIsShown()
    {
        analysis::MaskSummary some;
        some.modules = {{5, Projection::Q, 1, 10, 0}, {7, Projection::Down, 2, 10, 0}};
        some.total = 20;
        some.kept = 3;
        MaskMap map;
        map.resize(500, 300);
        map.setSummary(some);
        map.setCursorCell({5, Projection::Down}); // no module there
        QVERIFY(!map.cursorCell());
        QVERIFY(!map.grab().isNull());
    }

    void theTableHoldsTheSameNumbersAndKeepsItsRows()
    {
        MaskTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSummary(summary(3));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setSummary(summary(3));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.rowCount(), 21);
        QCOMPARE(model.index(1, MaskTableModel::Module).data().toString(), QStringLiteral("k_proj"));
        QCOMPARE(model.index(1, MaskTableModel::KeptShare).data().toString(), QStringLiteral("1.1 %"));
        QCOMPARE(model.index(1, MaskTableModel::Kept).data().toString(), QStringLiteral("11"));
        QVERIFY(model.index(1, MaskTableModel::Kept).data(TableRole::Sort).toInt() == 11);
        QVERIFY(!model.headerData(0, Qt::Vertical).isValid());
    }

    void sumsCountTheKeptEntries()
    {
        const BMatrix made = matrix(6, 4);
        const BMatrixSums sums = sumsOf(made);
        QCOMPARE(sums.kept, 8);
        QCOMPARE(std::accumulate(sums.perOut.begin(), sums.perOut.end(), std::int64_t{0}), sums.kept);
        QCOMPARE(std::accumulate(sums.perRank.begin(), sums.perRank.end(), std::int64_t{0}), sums.kept);
        QCOMPARE(sums.perOut[0], 2);
    }

    void thePictureHasOnePixelAnEntry()
    {
        const BMatrix made = matrix(6, 4);
        const QImage image = imageOf(made, QPalette());
        QCOMPARE(image.size(), QSize(6, 4));
        for (int o = 0; o < 6; ++o) {
            for (int r = 0; r < 4; ++r) {
                const QColor colour = image.pixelColor(o, r);
                QCOMPARE(colour.saturation() > 40, made.isKept(o, r)); // dropped entries are grey
            }
        }
    }

    void theCursorReadsIndexValueAndState()
    {
        BMatrixView view;
        view.resize(600, 300);
        view.setMatrix(matrix(6, 4));
        view.show();
        view.setCursorEntry({2, 1});
        QCOMPARE(view.readOut(), QStringLiteral("output 2, rank 1: |b| = 9, kept"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.readOut(), QStringLiteral("output 2, rank 2: |b| = 10, dropped"));
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(view.cursorEntry(), std::optional(QPoint(5, 2)));
    }

    void zoomKeepsTheEntryUnderThePointer()
    {
        BMatrixView view;
        view.resize(700, 320);
        view.setMatrix(matrix(1536, 32));
        view.show();
        const QPoint at(400, 120);
        QTest::mouseMove(view.viewport(), at);
        QMouseEvent move(QEvent::MouseMove, at, view.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
        const std::optional<QPoint> before = view.cursorEntry();
        QVERIFY(before);
        view.zoomAt(30, at);
        QCoreApplication::sendEvent(view.viewport(), &move);
        const QPoint moved = *view.cursorEntry() - *before;
        QVERIFY2(std::abs(moved.x()) <= 2 && std::abs(moved.y()) <= 1,
                 qPrintable(QStringLiteral("%1 %2").arg(moved.x()).arg(moved.y())));
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.zoom(), 1.0);
    }

    void aLargeMatrixOpensAndZoomsInTime()
    {
        BMatrixView view;
        view.resize(900, 400);
        view.show();
        const BMatrix large = matrix(4096, 128);
        QElapsedTimer clock;
        clock.start();
        view.setMatrix(large);
        view.grab();
        const qint64 opened = clock.restart();
        view.zoomAt(4, {300, 200});
        view.grab();
        const qint64 zoomed = clock.elapsed();
        qInfo("4096 x 128: opened in %lld ms, zoomed in %lld ms", static_cast<long long>(opened), static_cast<long long>(zoomed));
        QVERIFY(opened < 1000);
        QVERIFY(zoomed < 500);
    }

    void theMatrixTableSaysWhatIsDropped()
    {
        BMatrixModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMatrix(matrix(6, 4));
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.index(0, 3).data().toString(), QStringLiteral("3"));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("(1) dropped"));
    }
};

LORI_TEST(MaskTest)
#include "mask_test.moc"
