// SPDX-License-Identifier: GPL-3.0-or-later
// Merging in the window: choose, compare, weigh, merge.
#include "tests/support/test_registry.h"
#include "tests/ui/merge_window.h"

#include "ui/frame/adapter_picker.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTableWidget>

using namespace lori;
using namespace lori::ui;
using namespace lori::ui::test;

namespace {

namespace fs = std::filesystem;

class MergePageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qputenv("FAKE_STEP_MS", "2");
        for (const char* name : {"FAKE_FAIL", "FAKE_STEPS", "FAKE_REFUSE"}) {
            qunsetenv(name);
        }
    }

    void withOneAdapterThePageSaysWhatIsMissing()
    {
        const ShownMerge shown(std::vector{SmallAdapter{.seed = 1}});
        QTRY_VERIFY(textOf(*shown.page, "mergeEmpty").contains(QStringLiteral("You have 1")));
        QVERIFY(in<QLabel>(*shown.page, "mergeEmpty")->isVisible());
        QVERIFY(!shown.button()->isEnabled() && !shown.button()->toolTip().isEmpty());
        QTest::mouseClick(in<QPushButton>(*shown.page, "mergeNewExperiment"), Qt::LeftButton);
        QTRY_VERIFY(!shown.page->isVisible());
    }

    void partsOpenOneAfterAnotherAndTheNumbersAreThoseOfTheAnalysis()
    {
        const ShownMerge shown(kThree);
        QTRY_VERIFY(in<AdapterPicker>(*shown.page, "mergePicker")->isVisible());
        auto* map = in<HeatMap>(*shown.page, "interferenceMap");
        QVERIFY(!map->isVisible() && !in<QComboBox>(*shown.page, "mergeMethodBox")->isVisible());
        QVERIFY(!shown.button()->isEnabled());
        shown.choose(shown.folders);
        QTRY_VERIFY(map->isVisible());
        std::vector<formats::AdapterFiles> adapters;
        for (const fs::path& folder : shown.folders) {
            adapters.push_back(formats::openAdapter(folder).value());
        }
        const auto report = analysis::measureInterference(adapters).value();
        QCOMPARE(map->grid().cells.at(1).value, std::optional(report.total.pairs.at(0).jaccard));
        in<QWidget>(*shown.page, "pairCosine")->setFocus();
        QTest::keyClick(in<QWidget>(*shown.page, "pairCosine"), Qt::Key_Space);
        QCOMPARE(map->grid().cells.at(5).value, std::optional(report.total.pairs.at(2).cosine));
        QVERIFY(textOf(*shown.page, "mergeChecks").contains(QStringLiteral("have the same A")));
        QVERIFY(in<QComboBox>(*shown.page, "mergeMethodBox")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QVERIFY(textOf(*shown.page, "mergePlanned").contains(QStringLiteral("rank 8")));
        auto* table = in<QTableWidget>(*shown.page, "interferenceTable");
        map->setFocus();
        map->setCursorPosition(2, 1);
        QTest::keyClick(map, Qt::Key_Return);
        QVERIFY(textOf(*shown.page, "interferencePair").contains(QStringLiteral("Sums")));
        QVERIFY(textOf(*shown.page, "interferencePair").contains(QStringLiteral("Safety")));
        QCOMPARE(table->rowCount(), 3);
    }

    void adaptersOfTwoBasesKeepTheOtherPartsClosed()
    {
        const ShownMerge shown({{.seed = 1}, {.seed = 2}, {.seed = 3, .base = "other"}});
        QTRY_VERIFY(in<AdapterPicker>(*shown.page, "mergePicker")->isVisible());
        shown.choose({shown.folders[0], shown.folders[2]});
        QVERIFY(textOf(*shown.page, "mergeChecks").contains(QStringLiteral("Not the same base model")));
        QVERIFY(!in<HeatMap>(*shown.page, "interferenceMap")->isVisible());
        QVERIFY(!shown.button()->isEnabled());
        QVERIFY(shown.button()->toolTip().contains(QStringLiteral("part 1")));
    }

    void aMergeIsFollowedToItsResult()
    {
        const ShownMerge shown(kThree);
        shown.choose(shown.folders); // before the catalog was read
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QTest::mouseClick(in<QPushButton>(*shown.page, "weightsLoriS"), Qt::LeftButton);
        auto* field = in<NumberField>(*shown.page, "weightField2");
        QCOMPARE(field->number().typed(), 0.4);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("0.25"));
        QCOMPARE(in<QSlider>(*shown.page, "weightSlider2")->value(), 25);
        QVERIFY(!shown.button()->isEnabled()); // until it was checked anew
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        shown.button()->setFocus();
        QTest::keyClick(shown.button(), Qt::Key_Space);
        QVERIFY(!shown.button()->isEnabled());
        auto* table = in<QTableWidget>(*shown.page, "mergeTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, kPatience);
        QTRY_VERIFY(textOf(*shown.page, "mergeState").contains(QStringLiteral("done")));
        QVERIFY(table->item(0, 0)->text().contains(QStringLiteral("Capitals")));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("0.4 / 0.25 / 0.4"));
        QVERIFY(textOf(*shown.page, "mergeDetails").contains(QStringLiteral("merged")));
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QTest::mouseClick(in<QPushButton>(*shown.page, "mergeAnother"), Qt::LeftButton);
        QVERIFY(in<AdapterPicker>(*shown.page, "mergePicker")->chosen().empty());
        QVERIFY(!shown.button()->isEnabled());
        QTest::mouseClick(in<QPushButton>(*shown.page, "mergeSetup"), Qt::LeftButton);
        QCOMPARE(in<AdapterPicker>(*shown.page, "mergePicker")->chosen().size(), std::size_t{3});
        for (const auto& [name, weight] : {std::pair{"weightField1", 0.4}, {"weightField2", 0.25}, {"weightField3", 0.4}}) {
            QCOMPARE(in<NumberField>(*shown.page, name)->number().typed(), weight);
        }
        QSignalSpy asked(shown.fixture.context.pages, &PageRouter::asked);
        QTest::mouseClick(in<QPushButton>(*shown.page, "mergeTry"), Qt::LeftButton);
        QTRY_VERIFY(!shown.page->isVisible());
        const auto sideBySide = std::get<intents::TryAdapters>(asked.front().front().value<Intent>()).adapters;
        QCOMPARE(sideBySide.size(), std::size_t{4}); // the merge, and its three adapters beside it
        QCOMPARE(sideBySide.front().filename(), fs::path("merged"));
    }

    void earlierMergesAreThereWhenTheWindowOpens()
    {
        const ShownMerge shown(kThree);
        shown.choose({shown.folders[0], shown.folders[1]});
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QTest::mouseClick(shown.button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(in<QTableWidget>(*shown.page, "mergeTable")->rowCount(), 1, kPatience);
        WindowFixture second(QString::fromStdString(shown.fixture.home.root.string()));
        const auto window = second.makeWindow();
        auto& page = pageOf<MergePage>(*window);
        second.context.pages->go(intents::MergeAdapters{});
        QTRY_COMPARE(in<QTableWidget>(page, "mergeTable")->rowCount(), 1);
        QTRY_VERIFY(in<QPushButton>(page, "mergeTry")->isEnabled());
        QTest::mouseClick(in<QPushButton>(page, "mergeShow"), Qt::LeftButton);
        QTRY_VERIFY(!page.isVisible());
    }

    void aMergeThatIsAtWorkIsFollowedByAnotherWindow()
    {
        qputenv("FAKE_STEPS", "400");
        const ShownMerge shown(kThree);
        shown.choose({shown.folders[0], shown.folders[1]});
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QTest::mouseClick(shown.button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "mergeState").contains(QStringLiteral("400")), kPatience);
        WindowFixture second(QString::fromStdString(shown.fixture.home.root.string()));
        const auto window = second.makeWindow();
        auto& page = pageOf<MergePage>(*window);
        second.context.pages->go(intents::MergeAdapters{});
        QTRY_VERIFY_WITH_TIMEOUT(textOf(page, "mergeState").contains(QStringLiteral("400")), kPatience);
        QVERIFY(!in<QPushButton>(page, "mergeButton")->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(in<QTableWidget>(page, "mergeTable")->rowCount(), 1, kPatience);
    }

    void adaptersAreChosenByTheKeyboard()
    {
        const ShownMerge shown(kThree);
        auto* table = in<AdapterPicker>(*shown.page, "mergePicker")->table();
        QTRY_COMPARE(table->model()->rowCount(), 3);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        table->clearSelection();
        QTest::keyClick(table, Qt::Key_Space);
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Space);
        if (in<AdapterPicker>(*shown.page, "mergePicker")->chosen().size() != 2) { // moving may have chosen the row already
            QTest::keyClick(table, Qt::Key_Space);
        }
        QCOMPARE(in<AdapterPicker>(*shown.page, "mergePicker")->chosen().size(), std::size_t{2});
        QTRY_VERIFY(in<HeatMap>(*shown.page, "interferenceMap")->isVisible());
    }

    void aFailureSaysThatNothingWasWrittenAndCanBeTriedAgain()
    {
        qputenv("FAKE_FAIL", "1");
        const ShownMerge shown(kThree);
        shown.choose({shown.folders[0], shown.folders[1]});
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QTest::mouseClick(shown.button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "mergeState").contains(QStringLiteral("nothing was written")), kPatience);
        QVERIFY(textOf(*shown.page, "mergeState").contains(QStringLiteral("no memory left")));
        auto* again = in<QPushButton>(*shown.page, "mergeAgain");
        QVERIFY(again->isVisible());
        qunsetenv("FAKE_FAIL");
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(in<QTableWidget>(*shown.page, "mergeTable")->rowCount(), 1, kPatience);
        QVERIFY(!again->isVisible());
    }

    void aMergeCanBeCancelled()
    {
        qputenv("FAKE_STEPS", "5000");
        const ShownMerge shown(kThree);
        shown.choose({shown.folders[0], shown.folders[1]});
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
        QTest::mouseClick(shown.button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "mergeState").contains(QStringLiteral("5,000")), kPatience);
        QTest::mouseClick(in<QPushButton>(*shown.page, "mergeCancel"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "mergeState").contains(QStringLiteral("cancelled")), kPatience);
        QVERIFY(!in<QTableWidget>(*shown.page, "mergeTable")->isVisible());
    }

    void whatTheWorkerRefusesIsSaidBeforeTheMerge()
    {
        qputenv("FAKE_REFUSE", "1");
        const ShownMerge shown(kThree);
        shown.choose({shown.folders[0], shown.folders[1]});
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "mergePlanned").contains(QStringLiteral("the ranks differ")), kPatience);
        QVERIFY(!shown.button()->isEnabled());
        QVERIFY(shown.button()->toolTip().contains(QStringLiteral("part 3")));
        QVERIFY(!in<QPushButton>(*shown.page, "weightsLoriD")->isEnabled()); // the paper has none for two
    }

    void optionsAreShownWhereTheMethodUsesThem()
    {
        const ShownMerge shown(kThree);
        shown.choose({shown.folders[0], shown.folders[1]});
        auto* method = in<QComboBox>(*shown.page, "mergeMethodBox");
        auto* density = in<NumberField>(*shown.page, "mergeDensity");
        QTRY_VERIFY(method->isVisible());
        QVERIFY(!density->isVisible());
        method->setCurrentIndex(method->findData(QStringLiteral("dare_ties")));
        QVERIFY(density->isVisible() && in<QComboBox>(*shown.page, "mergeSigns")->isVisible());
        QVERIFY(in<NumberField>(*shown.page, "mergeSeed")->isVisible() &&
                !in<NumberField>(*shown.page, "mergeRank")->isVisible());
        density->setFocus();
        density->selectAll();
        QTest::keyClicks(density, QStringLiteral("abc"));
        QTRY_VERIFY(!shown.button()->isEnabled());
        QVERIFY(!shown.button()->toolTip().isEmpty());
        method->setCurrentIndex(0); // what it does not use is no hindrance
        QTRY_VERIFY_WITH_TIMEOUT(shown.button()->isEnabled(), kPatience);
    }
};

} // namespace

LORI_TEST(MergePageTest)
#include "merge_page_test.moc"
