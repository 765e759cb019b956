// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/widgets/parallel_plot.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

using namespace lori::ui;

namespace {

QString plainNumber(double value)
{
    return QString::number(value);
}

std::vector<ParallelAxis> parallelAxes(int count)
{
    std::vector<ParallelAxis> made;
    for (int i = 0; i < count; ++i) {
        made.push_back({QStringLiteral("axis %1").arg(i), plainNumber});
    }
    return made;
}

} // namespace

class ParallelPlotTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLineUnderThePointerStandsOut()
    {
        ParallelPlot plot;
        plot.resize(600, 300);
        plot.setData(parallelAxes(2), {{QStringLiteral("low"), {0.0, 0.0}}, {QStringLiteral("high"), {1.0, 1.0}}});
        plot.show();
        QVERIFY(plot.readOut().isEmpty());
        const QSignalSpy pointed(&plot, &ParallelPlot::pointed);
        int top = -1;
        for (int y = 0; y < plot.height() && top < 0; ++y) {
            top = plot.lineAt(QPointF(300, y)) == 1 ? y : -1;
        }
        QVERIFY(top > 0);
        QTest::mouseMove(&plot, QPoint(300, top + 5));
        QTRY_COMPARE(plot.highlighted(), 1);
        QCOMPARE(pointed.count(), 1);
        QCOMPARE(plot.readOut(), QStringLiteral("high; axis 0: 1; axis 1: 1"));
        QTest::keyClick(&plot, Qt::Key_Up);
        QCOMPARE(plot.highlighted(), 0);
        QTest::keyClick(&plot, Qt::Key_Up);
        QCOMPARE(plot.highlighted(), 0);
    }

    void missingValuesLeaveAGapAndWrongLinesAreLeftOut()
    {
        ParallelPlot plot;
        plot.resize(600, 300);
        plot.setData(parallelAxes(3), {{QStringLiteral("gap"), {0.0, std::nullopt, 1.0}}, {QStringLiteral("short"), {1.0}}});
        QCOMPARE(plot.lines().size(), std::size_t{1});
        QVERIFY(!plot.grab().isNull());
        for (int y = 0; y < plot.height(); ++y) {
            QCOMPARE(plot.lineAt(QPointF(300, y)), -1); // nothing between its two values
        }
        plot.setHighlighted(0);
        QCOMPARE(plot.readOut(), QStringLiteral("gap; axis 0: 0; axis 2: 1"));
        plot.setData({}, {});
        QCOMPARE(plot.highlighted(), -1);
        QVERIFY(!plot.grab().isNull());
    }

    void fiveHundredLinesFollowThePointer()
    {
        std::vector<ParallelLine> lines;
        for (int i = 0; i < 500; ++i) {
            ParallelLine line{QString::number(i), {}};
            for (int axis = 0; axis < 12; ++axis) {
                line.values.emplace_back((i * 37 + axis * 101) % 500);
            }
            lines.push_back(std::move(line));
        }
        ParallelPlot plot;
        plot.resize(1200, 500);
        plot.setData(parallelAxes(12), std::move(lines));
        plot.show();
        static_cast<void>(plot.grab()); // draws the picture
        QElapsedTimer clock;
        clock.start();
        constexpr int kMoves = 20;
        for (int i = 0; i < kMoves; ++i) {
            plot.setHighlighted(plot.lineAt(QPointF(60 + i * 50, 250)));
            static_cast<void>(plot.grab());
        }
        QVERIFY2(clock.elapsed() < kMoves * 50, qPrintable(QString::number(clock.elapsed()))); // 16 ms each on an idle machine
    }
};

LORI_TEST(ParallelPlotTest)
#include "parallel_plot_test.moc"
