// SPDX-License-Identifier: GPL-3.0-or-later
// Several masks side by side: counts that are known, what is said of them, and what happens when there is nothing to compare.
#include "tests/support/test_registry.h"
#include "tests/ui/mask_runs.h"
#include "tests/ui/masks_page_fixture.h"
#include "ui/pages/masks/compare_view.h"
#include "ui/widgets/owner_legend.h"
#include "ui/widgets/owner_look.h"
#include "ui/widgets/owner_picture.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include <fstream>
#include <set>

using namespace lori;
using namespace lori::ui;
using namespace lori::ui::test;

class MaskCompareTest : public ui::test::MasksPageFixture {
    Q_OBJECT

private:
    CompareView* m_view = nullptr;

    template <typename Part>
    Part* part(const char* name) const
    {
        return m_view->findChild<Part*>(QLatin1String(name));
    }
    [[nodiscard]] QString text() const { return part<QLabel>("maskCompareText")->text(); }
    void openPage()
    {
        makePage();
        m_page->findChild<QTabWidget*>(QStringLiteral("maskTabs"))->setCurrentIndex(1);
        m_view = m_page->compareView();
        QTRY_VERIFY(!m_view->isBusy() && part<QListWidget>("maskCompareList")->count() >= 0);
    }
    void waitForSet(int masks)
    {
        QTRY_VERIFY(!m_view->isBusy() && m_view->set() != nullptr && m_view->set()->names.size() == masks);
    }
    /// "maths" keeps the first 12 of each B; "code" 12 of each, from the eighth on: 4 in common.
    void makeTwo()
    {
        makeMaskRun(m_context.home, "maths", 1, maskOfBits(ones(0, 12), ones(0, 12), ones(0, 12), ones(0, 12)));
        makeMaskRun(m_context.home, "code", 2, maskOfBits(ones(8, 12), ones(8, 12), ones(8, 12), ones(0, 12)));
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { makeHome(); }
    void cleanup() { m_page.reset(); }

    void theTwoNewestMasksAreComparedAtOnce()
    {
        makeTwo();
        openPage();
        waitForSet(2);
        // 4 + 4 + 4 + 12 of 48 kept entries; by chance 4 · 12 · 12 / 40 = 14.4 of 48; Jaccard 24 / 72, by chance 14.4 / 81.6.
        QVERIFY2(text().contains(QStringLiteral("50.0 %")) && text().contains(QStringLiteral("30.0 %")), qPrintable(text()));
        QVERIFY2(text().contains(QStringLiteral("33.3 %")) && text().contains(QStringLiteral("17.6 %")), qPrintable(text()));
        QVERIFY2(text().contains(QStringLiteral("Both keep 24 entries")), qPrintable(text()));
        QVERIFY2(text().contains(QStringLiteral("more alike than chance")), qPrintable(text()));
        QVERIFY(text().contains(QStringLiteral("maths")) && text().contains(QStringLiteral("code")));
    }

    void everyCellSaysItsModulesOverlap()
    {
        makeTwo();
        openPage();
        waitForSet(2);
        const HeatGrid& grid = m_view->stack()->map()->grid();
        QCOMPARE(grid.rows.size(), 2);
        QCOMPARE(grid.columns, (QStringList{QStringLiteral("q"), QStringLiteral("v")}));
        QCOMPARE(grid.cells[0].value, std::optional(4.0 / 12));
        QCOMPARE(grid.cells[3].value, std::optional(1.0)); // layer 1 v: the same entries
        QCOMPARE(grid.cells[3].text, QStringLiteral("100 %"));
        QVERIFY(grid.scale.mark && qFuzzyCompare(*grid.scale.mark, 0.3));
        m_view->stack()->map()->setCursorPosition(0, 0);
        const QString said = part<QLabel>("maskCompareModulesReadOut")->text();
        QVERIFY2(said.contains(QStringLiteral("layer 0 · q_proj")) && said.contains(QStringLiteral("both 4 (by chance 4)")),
                 qPrintable(said));
        auto* measure = part<QComboBox>("maskCompareMeasure");
        measure->setCurrentIndex(static_cast<int>(OverlapMeasure::TimesChance));
        QCOMPARE(m_view->stack()->map()->grid().cells[3].text, QStringLiteral("× 3.33")); // 12 of 3.6
        QVERIFY(!m_view->grab().isNull());
    }

    void theTableTwinHoldsTheSameNumbers()
    {
        makeTwo();
        openPage();
        waitForSet(2);
        part<QToolButton>("maskCompareModulesAsTable")->click();
        auto* table = part<QTableView>("maskCompareModulesTable");
        QVERIFY(table->isVisible());
        const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(table->model()->rowCount(), 4);
        const auto at = [&](int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        QCOMPARE(at(0, OverlapTableModel::Module), QStringLiteral("q_proj"));
        QCOMPARE(at(0, OverlapTableModel::Entries), QStringLiteral("40"));
        QCOMPARE(at(0, OverlapTableModel::First), QStringLiteral("12"));
        QCOMPARE(at(0, OverlapTableModel::Shared), QStringLiteral("4"));
        QCOMPARE(at(3, OverlapTableModel::Jaccard), QStringLiteral("100 %"));
        QCOMPARE(at(3, OverlapTableModel::Verdict), QStringLiteral("more alike than chance"));
        QCOMPARE(at(0, OverlapTableModel::Verdict), QStringLiteral("practically independent"));
    }

    void aModuleOpensWhoseItsEntriesAreByKeyboard()
    {
        makeTwo();
        openPage();
        waitForSet(2);
        HeatMap* map = m_view->stack()->map();
        map->setFocus();
        QTest::keyClick(map, Qt::Key_Home); // shows the cursor
        QTest::keyClick(map, Qt::Key_Return);
        auto* picture = part<OwnerPicture>("maskCompareModulesPicture");
        QVERIFY(picture->isVisible());
        QCOMPARE(picture->owners().count(0), 20); // 40 − (12 + 12 − 4)
        QCOMPARE(picture->owners().count(1), 8);  // the newest run is first: “code”
        QCOMPARE(picture->owners().count(2), 8);
        QCOMPARE(picture->owners().count(3), 4);
        QCOMPARE(part<OwnerLegend>("maskCompareModulesLegend")->text(),
                 QStringLiteral("free: 20 (50.0 %); only code: 8 (20.0 %); only maths: 8 (20.0 %); both: 4 (10.0 %)"));
        picture->setCursorEntry({0, 0});
        QVERIFY(picture->readOut().endsWith(QStringLiteral("maths")));
        QTest::keyClick(picture, Qt::Key_Right);
        QTest::keyClick(picture, Qt::Key_Right); // entry 8: output 2, rank 0
        QVERIFY2(picture->readOut().endsWith(QStringLiteral("code and maths")), qPrintable(picture->readOut()));
        QCOMPARE(QAccessible::queryAccessibleInterface(picture)->text(QAccessible::Value), picture->readOut());
        part<QToolButton>("maskCompareModulesAsTable")->click();
        auto* entries = part<QTableView>("maskCompareModulesEntries");
        QVERIFY(entries->isVisible());
        QCOMPARE(entries->model()->index(2, 0).data().toString(), QStringLiteral("code and maths"));
        QCOMPARE(entries->model()->index(9, 3).data().toString(), QStringLiteral("free"));
        QTest::keyClick(entries, Qt::Key_Escape);
        QVERIFY(part<QTableView>("maskCompareModulesTable")->isVisible());
    }

    void groupsDifferInHatchAndBrightnessToo()
    {
        std::set<int> hatches;
        const QPalette palette = m_messages->palette();
        for (int group = 0; group <= static_cast<int>(kMostMasks) + 1; ++group) {
            hatches.insert(static_cast<int>(ownerLook(group, static_cast<int>(kMostMasks), palette).hatch));
        }
        QCOMPARE(hatches.size(), kMostMasks + 2);
        QCOMPARE(ownerGroup(0, 3), 0);
        QCOMPARE(ownerGroup(4, 3), 3);
        QCOMPARE(ownerGroup(5, 3), 4);
    }

    void threeMasksHaveThreePairs()
    {
        makeTwo();
        const auto third =
            makeMaskRun(m_context.home, "other", 0, maskOfBits(ones(20, 12), ones(20, 12), ones(20, 12), ones(20, 12)));
        openPage();
        waitForSet(2);
        auto* list = part<QListWidget>("maskCompareList");
        QCOMPARE(list->count(), 3);
        for (int row = 0; row < 3; ++row) {
            if (list->item(row)->checkState() != Qt::Checked) {
                list->setCurrentRow(row);
                QTest::keyClick(list, Qt::Key_Space);
            }
        }
        waitForSet(3);
        auto* pairs = part<QTableView>("maskComparePairs");
        QVERIFY(pairs->isVisible());
        QCOMPARE(pairs->model()->rowCount(), 3);
        QSet<QString> verdicts;
        for (int row = 0; row < 3; ++row) {
            verdicts << pairs->model()->index(row, PairTableModel::Verdict).data().toString();
        }
        QVERIFY(verdicts.contains(QStringLiteral("less alike than chance")));
        pairs->selectRow(2);
        const QString before = text();
        pairs->selectRow(0);
        QVERIFY(text() != before);
        QVERIFY(std::filesystem::exists(third));
    }

    void masksOfOtherModelsAreRefusedWithASentence()
    {
        makeMaskRun(m_context.home, "small", 1, maskOfBits(ones(0, 4), ones(0, 4), ones(0, 4), ones(0, 4)));
        makeMaskRun(m_context.home, "large", 2,
                    analysis::test::maskOfModules({analysis::test::moduleMask(0, Projection::Q, 8, ones(0, 4))}));
        openPage();
        QTRY_VERIFY2(text().contains(QStringLiteral("one base model and rank")), qPrintable(text()));
        QVERIFY(part<QPushButton>("maskCompareAction")->isVisible());
        QVERIFY(!part<QTableView>("maskCompareModulesTable")->isVisible());
    }

    void oneMaskOrNoneSaysWhatToDo()
    {
        openPage();
        QVERIFY2(text().contains(QStringLiteral("Masks exist after")), qPrintable(text()));
        QSignalSpy asked(&m_router, &PageRouter::asked);
        part<QPushButton>("maskCompareAction")->click();
        QCOMPARE(asked.count(), 1);
        const auto file = makeMaskRun(m_context.home, "maths", 1, maskOfBits(ones(0, 12), ones(0, 12), ones(0, 12), ones(0, 12)));
        const auto far = m_folder->filePath(QStringLiteral("far.safetensors"));
        formats::writeMask(far.toStdString(), formats::readMask(file).value()).value();
        m_view->addPath(far);
        QVERIFY2(text().contains(QStringLiteral("Masks exist after")), qPrintable(text())); // one alone
        m_view->addPath(QString::fromStdString(file.string()));
        waitForSet(2);
        QVERIFY2(text().contains(QStringLiteral("100 %")), qPrintable(text()));
        auto* list = part<QListWidget>("maskCompareList");
        list->item(0)->setCheckState(Qt::Unchecked);
        QVERIFY2(text().contains(QStringLiteral("Tick 2 mask")), qPrintable(text()));
    }

    void aDamagedMaskSaysSoAndAFolderWithoutOneIsRefused()
    {
        makeTwo();
        std::ofstream(makeMaskRun(m_context.home, "broken", 3, maskOfBits(ones(0, 4), ones(0, 4), ones(0, 4), ones(0, 4))),
                      std::ios::trunc)
            << "no";
        openPage();
        QTRY_VERIFY(part<QPushButton>("maskCompareAction")->isVisible() && !m_view->isBusy());
        QVERIFY(m_view->set() == nullptr);
        m_view->addPath(m_folder->filePath(QStringLiteral("runs")));
        QVERIFY(!m_messages->text().isEmpty());
    }

    void noMoreThanEightCanBeTicked()
    {
        for (int i = 0; i < 10; ++i) {
            makeMaskRun(m_context.home, "run " + std::to_string(i), i,
                        maskOfBits(ones(static_cast<std::size_t>(i), 4), ones(0, 4), ones(0, 4), ones(0, 4)));
        }
        openPage();
        auto* list = part<QListWidget>("maskCompareList");
        QTRY_COMPARE(list->count(), 10);
        for (int row = 0; row < 10; ++row) {
            list->setCurrentRow(row);
            if (list->item(row)->checkState() != Qt::Checked) {
                QTest::keyClick(list, Qt::Key_Space);
            }
        }
        waitForSet(8);
        QCOMPARE(m_view->set()->comparison->pairs.size(), std::size_t{28});
    }
};

LORI_TEST(MaskCompareTest)
#include "mask_compare_test.moc"
