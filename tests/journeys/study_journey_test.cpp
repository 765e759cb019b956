// SPDX-License-Identifier: GPL-3.0-or-later
// A small study without the mouse: three experiments set up, one started and two queued; their masks; a merge; a comparison.
#include "tests/journeys/by_keyboard.h"
#include "tests/support/test_registry.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/pages/merge/merge_page.h"
#include "ui/widgets/mask_map.h"

#include <QComboBox>
#include <QLabel>
#include <QTabWidget>
#include <QTableView>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::WindowFixture;
namespace fs = std::filesystem;
namespace journey = ui::test::journey;

#define NEEDS_ADAPTERS()                                                                                                         \
    do {                                                                                                                         \
        if (!journey::hasRealWorker()) {                                                                                         \
            QSKIP("the worker of this run trains nothing");                                                                      \
        }                                                                                                                        \
        QVERIFY2(m_runs.size() == 3, "the three trainings did not end");                                                         \
    } while (false)

class StudyJourneyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        JOURNEY_NEEDS_THE_MODEL();
        JOURNEY_TRAINS_LONG();
        qputenv("FAKE_STEP_MS", "5");
        m_fixture = std::make_unique<WindowFixture>();
        m_window = m_fixture->makeWindow();
        QVERIFY(m_window != nullptr);
        m_window->begin();
    }
    void cleanupTestCase()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void threeExperimentsAreSetUpOneStartsAndTwoWait()
    {
        const QStringList tasks{QStringLiteral("maths"), QStringLiteral("language"), QStringLiteral("safety")};
        for (const QString& task : tasks) {
            QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
            QCOMPARE(m_window->currentPage(), QStringLiteral("experiment"));
            setUp(task);
            if (QTest::currentTestFailed()) {
                return;
            }
            if (task == tasks.front()) {
                m_first = journey::startByKeyboard(*m_window);
                QVERIFY(!m_first.isEmpty());
            } else {
                auto* queue = m_window->findChild<QPushButton*>(QStringLiteral("queueExperiment"));
                QTRY_VERIFY2_WITH_TIMEOUT(queue->isEnabled(), qPrintable(journey::problemsOf(*m_window)), journey::patience());
                QVERIFY(journey::press(*m_window, QStringLiteral("queueExperiment")));
                QTRY_VERIFY(m_fixture->context.messages->text().contains(QStringLiteral("queue")));
            }
        }
        if (!journey::hasRealWorker()) {
            return; // the fake queue works nothing
        }
        const auto finished = [&] {
            m_runs.clear();
            for (const auto& entry : fs::directory_iterator(m_fixture->home.runs())) {
                const QString id = QString::fromStdString(entry.path().filename().string());
                if (m_fixture->runs->state(id) == JobState::Finished) {
                    m_runs.append(id);
                }
            }
            m_runs.sort();
            return m_runs.size() == 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(finished(), journey::patience());
    }

    void aMaskIsLookedAtFromTheOverviewToSingleEntries()
    {
        NEEDS_ADAPTERS();
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("masks"));
        auto* map = pageOf<MasksPage>(*m_window).findChild<MaskMap*>();
        QTRY_COMPARE_WITH_TIMEOUT(map->summary().modules.size(), std::size_t{210}, 30'000); // 30 layers, 7 projections
        const auto& summary = map->summary();
        std::int64_t kept = 0;
        for (const auto& module : summary.modules) {
            kept += module.kept;
        }
        QCOMPARE(kept, summary.kept);
        QVERIFY(std::abs(static_cast<double>(summary.kept) / static_cast<double>(summary.total) - 0.1) < 1e-3);
        QVERIFY(journey::tabTo(*m_window, map));
        QTest::keyClick(map, Qt::Key_Down);
        QTest::keyClick(map, Qt::Key_Return); // into one B
        auto* back = m_window->findChild<QWidget*>(QStringLiteral("maskBack"));
        QTRY_VERIFY(back->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(map->isVisible());
        auto* sparsity = m_window->findChild<QWidget*>(QStringLiteral("sparsityField"));
        QVERIFY(journey::tabTo(*m_window, sparsity));
        const QString before = m_window->findChild<QLabel*>(QStringLiteral("maskNumbers"))->text();
        journey::typeInto(sparsity, QStringLiteral("95"));
        QTRY_VERIFY(m_window->findChild<QLabel*>(QStringLiteral("maskNumbers"))->text() != before);
    }

    void threeAdaptersBecomeOne()
    {
        NEEDS_ADAPTERS();
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("merge"));
        auto* picker = pageOf<MergePage>(*m_window).findChild<QTableView*>(QStringLiteral("adapterTable"));
        QTRY_VERIFY_WITH_TIMEOUT(sparseRows(*picker).size() == 3, 30'000);
        QVERIFY(journey::tabTo(*m_window, picker));
        for (const int row : sparseRows(*picker)) {
            goToRow(*picker, row);
            QTest::keyClick(picker, Qt::Key_Space);
        }
        auto* merge = m_window->findChild<QPushButton*>(QStringLiteral("mergeButton"));
        QTRY_VERIFY2_WITH_TIMEOUT(merge->isEnabled(), qPrintable(merge->toolTip()), journey::patience());
        QVERIFY(journey::press(*m_window, QStringLiteral("mergeButton")));
        auto* results = m_window->findChild<QTableView*>(QStringLiteral("mergeTable"));
        const auto hasResult = [&] {
            return results->model() != nullptr && results->model()->rowCount() == 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasResult(), journey::patience());
    }

    void theRunsAreComparedFromTheHistory()
    {
        NEEDS_ADAPTERS();
        QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), QStringLiteral("history"));
        auto* table = m_window->findChild<QTableView*>(QStringLiteral("historyTable"));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, 30'000);
        QVERIFY(journey::tabTo(*m_window, table));
        QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
        QTRY_COMPARE(m_window->currentPage(), QStringLiteral("compare"));
        auto* tabs = pageOf<ComparePage>(*m_window).findChild<QTabWidget*>(QStringLiteral("compareTabs"));
        QTRY_VERIFY_WITH_TIMEOUT(tabs->isVisible(), 30'000);
        QVERIFY(tabs->count() >= 3);
    }

private:
    /// The smallest experiment of a task that ends with a sparse adapter.
    void setUp(const QString& task)
    {
        if (pageOf<ExperimentPage>(*m_window).isAdvanced()) {
            auto* advanced = m_window->findChild<QPushButton*>(QStringLiteral("advancedMode"));
            QVERIFY(journey::tabTo(*m_window, advanced));
            QTest::keyClick(advanced, Qt::Key_Left);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        }
        QVERIFY(!pageOf<ExperimentPage>(*m_window).isAdvanced());
        QVERIFY(journey::press(*m_window, QStringLiteral("preset.quick-look"))); // its frozen A is a new one each time
        auto* box = m_window->findChild<QComboBox*>(QStringLiteral("simple.task"));
        QVERIFY(journey::tabTo(*m_window, box));
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < box->count() && box->currentData().toString() != task; ++i) {
            QTest::keyClick(box, Qt::Key_Down);
        }
        QCOMPARE(box->currentData().toString(), task);
        auto* name = m_window->findChild<QLineEdit*>(QStringLiteral("simple.name"));
        QVERIFY(journey::tabTo(*m_window, name));
        journey::typeInto(name, QStringLiteral("Study of ") + task);
        std::vector<std::pair<QString, int>> fields{{QStringLiteral("stages[0].steps"), 4},
                                                    {QStringLiteral("stages[2].steps"), 4},
                                                    {QStringLiteral("evaluation.everySteps"), 0},
                                                    {QStringLiteral("evaluation.maxNewTokens"), 12}};
        for (const auto& measured : pageOf<ExperimentPage>(*m_window).draft().config().evaluation.tasks) {
            fields.emplace_back(QStringLiteral("evaluation.tasks.%1.limit").arg(QString::fromStdString(measured.task)), 2);
        }
        journey::fillAdvanced(*m_window, fields);
    }

    /// Rows of adapters that LoRI-S left.
    static std::vector<int> sparseRows(const QTableView& table)
    {
        std::vector<int> result;
        for (int row = 0; row < table.model()->rowCount(); ++row) {
            for (int column = 0; column < table.model()->columnCount(); ++column) {
                if (table.model()->index(row, column).data().toString().contains(QStringLiteral("LoRI-S"))) {
                    result.push_back(row);
                    break;
                }
            }
        }
        return result;
    }

    /// With the arrow keys, from wherever the cursor is.
    static void goToRow(QTableView& table, int row)
    {
        QTest::keyClick(&table, Qt::Key_Home, Qt::ControlModifier);
        while (table.currentIndex().row() != row) {
            const int before = table.currentIndex().row();
            QTest::keyClick(&table, Qt::Key_Down, Qt::ControlModifier);
            QVERIFY(table.currentIndex().row() != before);
        }
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    QString m_first;
    QStringList m_runs; ///< that finished, by id
};

LORI_TEST(StudyJourneyTest)
#include "study_journey_test.moc"
