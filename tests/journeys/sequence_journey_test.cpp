// SPDX-License-Identifier: GPL-3.0-or-later
// Safety first, then a task, and what is left of safety afterwards: planned, run and read without the mouse.
#include "core/analysis/mask_comparison.h"
#include "core/formats/adapter_files.h"
#include "tests/journeys/by_keyboard.h"
#include "tests/support/test_registry.h"
#include "ui/pages/sequence/sequence_page.h"

#include <QTableView>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::WindowFixture;
namespace journey = ui::test::journey;

class SequenceJourneyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void safetyThenATaskShowsWhatWasForgotten()
    {
        JOURNEY_NEEDS_THE_MODEL();
        JOURNEY_TRAINS_LONG();
        qputenv("FAKE_STEP_MS", "5");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        QTest::keyClick(window.get(), Qt::Key_8, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QStringLiteral("sequence"));
        QVERIFY(journey::press(*window, QStringLiteral("sequenceTemplate.safety")));
        for (const auto& [field, value] : {std::pair{"stage.0.steps", "3"}, std::pair{"stage.1.steps", "3"},
                                           std::pair{"floors.rows", "2"}, std::pair{"floors.every", "0"}}) {
            auto* box = window->findChild<QWidget*>(QLatin1String(field));
            QVERIFY2(box != nullptr && journey::tabTo(*window, box), field);
            journey::typeInto(box, QLatin1String(value));
        }
        auto* start = window->findChild<QPushButton*>(QStringLiteral("startSequence"));
        QTRY_VERIFY2_WITH_TIMEOUT(start->isEnabled(), qPrintable(start->toolTip()), journey::patience());
        QVERIFY(journey::press(*window, QStringLiteral("startSequence")));
        SequencePage& page = pageOf<SequencePage>(*window);
        QTRY_VERIFY(!page.shownSequence().isEmpty());
        const QString run = page.shownSequence();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(run), JobState::Finished, journey::patience());

        auto* table = window->findChild<QTableView*>(QStringLiteral("forgettingTable"));
        const int scores = journey::hasRealWorker() ? 3 : 2; // both sides of safety, and the task; the fake one knows no sides
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), scores, 30'000);
        QVERIFY(journey::tabTo(*window, table));
        if (!journey::hasRealWorker()) {
            return;
        }
        for (int row = 0; row < scores; ++row) { // before, after each task, and what was forgotten
            for (int column = 1; column < table->model()->columnCount(); ++column) {
                const QString cell = table->model()->index(row, column).data().toString();
                QVERIFY2(!cell.isEmpty(), qPrintable(QStringLiteral("row %1, column %2").arg(row).arg(column)));
            }
        }
        // The second task kept off the first one's ground: no entry is in both masks.
        const auto folder = fixture.runs->folder(run);
        QVERIFY(folder.has_value());
        std::vector<formats::Mask> masks;
        for (const auto& entry : std::filesystem::directory_iterator(folder->masks())) {
            const auto mask = formats::readMask(entry.path());
            QVERIFY2(mask.has_value(), entry.path().c_str());
            masks.push_back(*mask);
        }
        QCOMPARE(masks.size(), std::size_t{2});
        const auto met = analysis::compareMasks(masks);
        QVERIFY(met.has_value());
        QVERIFY(met->keptBy.at(1) > 0);
        QCOMPARE(met->keptBy.at(2), 0);
    }
};

LORI_TEST(SequenceJourneyTest)
#include "sequence_journey_test.moc"
