// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs make a sweep, what its curve says, and how its points lead to masks.
#include "core/events/event_writer.h"
#include "core/jobs/run_folder.h"
#include "core/tasks/task.h"
#include "tests/support/test_registry.h"
#include "tests/ui/masks_page_fixture.h"
#include "ui/pages/masks/sweep_view.h"
#include "ui/services/history_service.h"
#include "ui/widgets/plot_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace lori;
using namespace lori::ui;
using experiment::RunConfig;
using experiment::StageKind;

namespace {

/// LoRI-D, mask, LoRI-S.
RunConfig chain(double sparsity, std::uint64_t seed = 0)
{
    RunConfig config = experiment::findPreset("quick-look").value().config;
    config.name = "Capitals: sparsity " + std::to_string(sparsity);
    config.seed = seed;
    for (auto& stage : config.stages) {
        if (stage.kind == StageKind::Mask) {
            stage.mask.sparsity = sparsity;
        }
    }
    return config;
}

std::int64_t stageOf(const RunConfig& config, StageKind kind)
{
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        if (config.stages[i].kind == kind) {
            return static_cast<std::int64_t>(i);
        }
    }
    return -1;
}

events::Score score(std::int64_t stage, std::int64_t hits, std::int64_t rows)
{
    const tasks::Rate rate = tasks::wilson(hits, rows);
    events::Score made;
    made.stage = stage;
    made.step = stage < 0 ? 0 : 2;
    made.task = "maths";
    made.metric = "accuracy";
    made.value = rate.value;
    made.low = rate.low;
    made.high = rate.high;
    made.hits = hits;
    made.n = rows;
    made.higherIsBetter = true;
    return made;
}

/// A finished run with a score of 400 rows after LoRI-S, and a bad one after LoRI-D, which no sweep may show.
QString makeRun(const Home& home, const RunConfig& config, std::int64_t hits)
{
    const auto run = jobs::RunFolder::create(home, config).value();
    const auto writer = events::EventWriter::open(run.eventsFile()).value();
    writer->append(events::Started{.pid = 1, .host = "here"});
    writer->append(score(-1, 20, 400));
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const StageKind kind = config.stages[i].kind;
        const auto stage = static_cast<std::int64_t>(i);
        writer->append(events::StageStarted{
            .stage = stage, .name = "", .kind = std::string(experiment::stageKindName(kind)), .steps = 2, .trainable = 10});
        if (kind == StageKind::LoriD) {
            writer->append(score(stage, 1, 400));
        } else if (kind == StageKind::LoriS && hits >= 0) {
            writer->append(score(stage, hits, 400));
        }
    }
    writer->append(events::Finished{1.0});
    return QString::fromStdString(run.id());
}

} // namespace

class MaskSweepTest : public ui::test::MasksPageFixture {
    Q_OBJECT

private:
    std::unique_ptr<HistoryService> m_history;
    SweepView* m_view = nullptr;
    int m_runs = 0;

    template <typename Part>
    Part* part(const char* name) const
    {
        return m_view->findChild<Part*>(QLatin1String(name));
    }
    [[nodiscard]] QString text() const { return part<QLabel>("maskSweepText")->text(); }
    QString add(const RunConfig& config, std::int64_t hits)
    {
        ++m_runs;
        return makeRun(m_context.home, config, hits);
    }
    void openPage()
    {
        m_history = std::make_unique<HistoryService>(m_context.home);
        m_context.history = m_history.get();
        m_history->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_history->list().has_value() && static_cast<int>(m_history->list()->size()) == m_runs, 20000);
        makePage();
        m_view = m_page->sweepView();
        QSignalSpy read(m_view, &SweepView::shown);
        showTab(m_view);
        QVERIFY(read.wait(10000));
    }
    [[nodiscard]] PlotView* plot() const { return m_view->findChild<PlotView*>(); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init()
    {
        makeHome();
        m_runs = 0;
    }
    void cleanup()
    {
        m_page.reset();
        m_history.reset();
    }

    void runsThatDifferInSparsityAreACurveWithItsKnee()
    {
        const std::vector<std::pair<double, int>> scores{{0.5, 200}, {0.8, 208}, {0.9, 196}, {0.95, 120}, {0.99, 40}};
        QString atKnee;
        for (const auto& [sparsity, hits] : scores) {
            const QString run = add(chain(sparsity), hits);
            atKnee = sparsity == 0.9 ? run : atKnee;
        }
        RunConfig other = chain(0.7);
        other.adapter.rank *= 2; // differs in more than sparsity
        add(other, 300);
        openPage();
        QCOMPARE(m_view->sweeps().size(), std::size_t{1});
        QCOMPARE(m_view->sweeps()[0].title, std::string("Capitals"));
        QCOMPARE(m_view->sweeps()[0].runs.size(), std::size_t{5});
        const auto& curve = plot()->series().front();
        QCOMPARE(curve.points.size(), std::size_t{5});
        QCOMPARE(curve.points[2], (PlotPoint{90, 0.49}));
        const tasks::Rate rate = tasks::wilson(196, 400);
        QVERIFY(std::abs(curve.band[2].low - rate.low) < 1e-9 && std::abs(curve.band[2].high - rate.high) < 1e-9);
        QVERIFY(m_view->knee() && m_view->knee()->kind == analysis::SweepKnee::Kind::Found);
        QVERIFY2(text().contains(QStringLiteral("Knee at 90.0 %")) && text().contains(QStringLiteral("at 95.0 %")),
                 qPrintable(text()));
        QCOMPARE(plot()->references().size(), std::size_t{1});
        QCOMPARE(plot()->references()[0].y, 0.05);
        QVERIFY(!m_view->grab().isNull());

        QSignalSpy asked(m_view, &SweepView::maskAsked);
        plot()->setFocus();
        plot()->pointAt(90);
        QTest::keyClick(plot(), Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().front().toString(), atKnee);
        QCOMPARE(m_page->findChild<QTabWidget*>(QStringLiteral("maskTabs"))->currentIndex(), 0);
    }

    void aClickOnAPointOpensItsMaskToo()
    {
        add(chain(0.5), 200);
        const QString wanted = add(chain(0.9), 190);
        openPage();
        QSignalSpy asked(m_view, &SweepView::maskAsked);
        plot()->refreshNow();
        auto* surface = plot()->findChild<QWidget*>(QStringLiteral("plotSurface"));
        QTest::mouseClick(surface, Qt::LeftButton, {}, plot()->frame().toPixel(89, 0.45).toPoint());
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().front().toString(), wanted);
    }

    void seedsAtOneSparsityCountTogether()
    {
        add(chain(0.5, 1), 200);
        add(chain(0.5, 2), 100);
        add(chain(0.9, 1), 80);
        openPage();
        QCOMPARE(m_view->sweeps().size(), std::size_t{1});
        const auto points = m_view->sweeps()[0].points({"maths", "accuracy"});
        QCOMPARE(points.size(), std::size_t{2});
        const tasks::Rate both = tasks::wilson(300, 800);
        QVERIFY(std::abs(points[0].score.value - both.value) < 1e-9);
        QVERIFY(std::abs(points[0].score.low - both.low) < 1e-9);
        QCOMPARE(points[0].runs.size(), std::size_t{2});
        QVERIFY2(text().contains(QStringLiteral("too few")), qPrintable(text()));
    }

    void aCopyThatTakesOverTheDenseAdapterBelongsToItsRun()
    {
        const RunConfig first = chain(0.9);
        const QString run = add(first, 200);
        RunConfig copy = first;
        copy.name = "Capitals, sparsity 50 %";
        copy.parentRun = run.toStdString();
        copy.stages.erase(copy.stages.begin());
        const std::string dense = (m_context.home.runs() / run.toStdString() / "adapter" / "0-lori-d").string();
        for (auto& stage : copy.stages) {
            stage.fromAdapter = dense;
            stage.fromStage = -1;
            stage.maskStage = -1;
            stage.mask.sparsity = 0.5;
        }
        QCOMPARE(sweepKey(copy, &first), sweepKey(first, nullptr));
        QVERIFY(sweepKey(copy, nullptr) != sweepKey(first, nullptr));
        add(copy, 210);
        openPage();
        QCOMPARE(m_view->sweeps().size(), std::size_t{1});
        QCOMPARE(m_view->sweeps()[0].runs.size(), std::size_t{2});
        QCOMPARE(stageOf(first, StageKind::LoriD), 0);
    }

    void aRowOpensItsMaskAndHandsItsSparsityOn()
    {
        add(chain(0.5), 200);
        const QString wanted = add(chain(0.9), 190);
        openPage();
        auto* table = part<QTableView>("maskSweepRuns");
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(0, SweepTableModel::Sparsity).data().toString(), QStringLiteral("50.0 %"));
        table->selectRow(1);
        QSignalSpy routed(&m_router, &PageRouter::asked);
        part<QPushButton>("maskSweepUse")->click();
        QCOMPARE(routed.count(), 1);
        const auto handed = std::get<intents::UseSparsity>(routed.front().front().value<Intent>());
        QCOMPARE(handed.sparsity, 0.9);
        QCOMPARE(handed.runId, wanted.toStdString()); // the rest of that run too, not what the form holds
        QSignalSpy asked(m_view, &SweepView::maskAsked);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().front().toString(), wanted);
    }

    void withoutASweepOrAScoreItSaysWhatToDo()
    {
        add(chain(0.9), 200);
        openPage();
        QVERIFY2(text().contains(QStringLiteral("There is no sweep yet")), qPrintable(text()));
        QSignalSpy routed(&m_router, &PageRouter::asked);
        part<QPushButton>("maskSweepAction")->click();
        QCOMPARE(routed.count(), 1);
        cleanup();
        add(chain(0.5), -1); // not measured
        openPage();
        QCOMPARE(m_view->sweeps().size(), std::size_t{1});
        QVERIFY2(text().contains(QStringLiteral("no score in common")), qPrintable(text()));
        QVERIFY(!part<QComboBox>("maskSweepScore")->isEnabled());
    }
};

LORI_TEST(MaskSweepTest)
#include "mask_sweep_test.moc"
