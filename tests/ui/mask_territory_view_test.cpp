// SPDX-License-Identifier: GPL-3.0-or-later
// Several masks as one map of whose the entries are: exact counts, room left, and the same by table and keyboard.
#include "tests/support/test_registry.h"
#include "tests/ui/mask_runs.h"
#include "tests/ui/masks_page_fixture.h"
#include "ui/pages/masks/territory_view.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/owner_legend.h"
#include "ui/widgets/owner_picture.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

using namespace lori;
using namespace lori::ui;
using namespace lori::ui::test;

class MaskTerritoryViewTest : public ui::test::MasksPageFixture {
    Q_OBJECT

private:
    TerritoryView* m_view = nullptr;

    template <typename Part>
    Part* part(const char* name) const
    {
        return m_view->findChild<Part*>(QLatin1String(name));
    }
    [[nodiscard]] QString text() const { return part<QLabel>("maskTerritoryText")->text(); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    /// 160 entries: "maths" has 48 (12 of each B), "code" 48 of which 24 are maths' too.
    void init()
    {
        makeHome();
        makeMaskRun(m_context.home, "maths", 1, maskOfBits(ones(0, 12), ones(0, 12), ones(0, 12), ones(0, 12)));
        makeMaskRun(m_context.home, "code", 2, maskOfBits(ones(8, 12), ones(8, 12), ones(8, 12), ones(0, 12)));
        makePage();
        m_view = m_page->territoryView();
        showTab(m_view);
        QTRY_VERIFY(m_view->set() != nullptr && m_view->set()->names.size() == 2);
    }
    void cleanup() { m_page.reset(); }

    void theCountsAreExact()
    {
        // Owned: 24 + 24, shared: 4 + 4 + 4 + 12 = 24, free: 160 − 72 = 88.
        QVERIFY2(text().contains(QStringLiteral("Of 160 entries 55.0 % are free, 30.0 % belong to one mask alone, 15.0 %")),
                 qPrintable(text()));
        QCOMPARE(part<OwnerLegend>("maskTerritoryModulesLegend")->text(),
                 QStringLiteral("free: 88 (55.0 %); only code: 24 (15.0 %); only maths: 24 (15.0 %); both: 24 (15.0 %)"));
        const HeatCell& cell = m_view->stack()->map()->grid().cells[0]; // 8 code, 8 maths, 4 both, 20 free
        QCOMPARE(cell.parts.size(), std::size_t{4});
        QCOMPARE(cell.parts[0].share, 0.2);
        QCOMPARE(cell.parts[2].share, 0.1);
        QCOMPARE(cell.parts[3].share, 0.5);                             // what is free stands last
        const HeatCell& same = m_view->stack()->map()->grid().cells[3]; // 12 both, 28 free
        QCOMPARE(same.parts.size(), std::size_t{2});
        m_view->stack()->map()->setCursorPosition(1, 1);
        const QString said = part<QLabel>("maskTerritoryModulesReadOut")->text();
        QVERIFY2(said.contains(QStringLiteral("free: 28 (70.0 %)")) && said.contains(QStringLiteral("both: 12 (30.0 %)")),
                 qPrintable(said));
        QVERIFY(!m_view->grab().isNull());
    }

    void roomFollowsSparsityAndScope()
    {
        auto* field = part<NumberField>("maskTerritorySparsity");
        const auto type = [&](const QString& percent) {
            field->selectAll();
            QTest::keyClicks(field, percent);
        };
        type(QStringLiteral("87.5")); // k = 20 of 160, 88 free
        QVERIFY2(text().contains(QStringLiteral("Room left at 87.5 %: about 4 more mask")), qPrintable(text()));
        auto* scope = part<QComboBox>("maskTerritoryScope");
        scope->setCurrentIndex(scope->findData(static_cast<int>(MaskScope::Matrix))); // k = 5 of 40, the fullest has 20 free
        QVERIFY2(text().contains(QStringLiteral("about 4 more mask")), qPrintable(text()));
        type(QStringLiteral("75")); // k = 10: 20 ÷ 10
        QVERIFY2(text().contains(QStringLiteral("Room left at 75.0 %: about 2 more mask")), qPrintable(text()));
        type(QStringLiteral("25")); // k = 30
        QVERIFY2(text().contains(QStringLiteral("not one more mask")), qPrintable(text()));
        const QString before = text();
        type(QStringLiteral("250"));
        QCOMPARE(text(), before); // out of range: the last answer stays, and the field says why
        QVERIFY(!field->toolTip().isEmpty());
    }

    void oneMaskAloneIsATerritoryToo()
    {
        part<QListWidget>("maskTerritoryList")->item(0)->setCheckState(Qt::Unchecked);
        QTRY_VERIFY(m_view->set() != nullptr && m_view->set()->names.size() == 1);
        QVERIFY2(text().contains(QStringLiteral("70.0 % are free, 30.0 % belong to one mask alone, 0 %")), qPrintable(text()));
        part<QListWidget>("maskTerritoryList")->item(1)->setCheckState(Qt::Unchecked);
        QVERIFY2(text().contains(QStringLiteral("Tick 1 mask")), qPrintable(text()));
    }

    void tableAndMatrixSayTheSame()
    {
        part<QToolButton>("maskTerritoryModulesAsTable")->click();
        auto* table = part<QTableView>("maskTerritoryModulesTable");
        QVERIFY(table->isVisible());
        const auto at = [&](int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        QCOMPARE(table->model()->columnCount(), 7);
        QCOMPARE(at(0, TerritoryTableModel::Free), QStringLiteral("20"));
        QCOMPARE(at(0, TerritoryTableModel::FirstMask), QStringLiteral("8"));
        QCOMPARE(at(3, TerritoryTableModel::FirstMask + 2), QStringLiteral("12"));
        Q_EMIT table->activated(table->model()->index(3, 0));
        part<QToolButton>("maskTerritoryModulesAsTable")->click();
        auto* picture = part<OwnerPicture>("maskTerritoryModulesPicture");
        QVERIFY(picture->isVisible());
        QCOMPARE(picture->owners().layer, 1);
        QCOMPARE(picture->owners().count(3), 12);
        QCOMPARE(picture->owners().count(0), 28);
        part<QToolButton>("maskTerritoryModulesBack")->click();
        QVERIFY(m_view->stack()->map()->isVisible());
    }
};

LORI_TEST(MaskTerritoryViewTest)
#include "mask_territory_view_test.moc"
