// SPDX-License-Identifier: GPL-3.0-or-later
// A run is changed while it is at work, repeated by its recipe, and continued with other settings, by keyboard.
#include "core/support/sha256.h"
#include "tests/journeys/journey.h"
#include "tests/support/test_registry.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/run_progress.h"

#include <QLineEdit>
#include <QPushButton>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::WindowFixture;
namespace journey = ui::test::journey;

class InteractiveJourneyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRateChangedMidRunIsRepeatedByTheRecipeAndABranchGoesOn()
    {
        JOURNEY_NEEDS_THE_MODEL();
        qputenv("FAKE_STEP_MS", "40");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto started = fixture.runs->start(oneStage());
        QVERIFY(started.has_value());
        window->showRun(*started);
        auto* change = window->findChild<QPushButton*>(QStringLiteral("changeButton"));
        QTRY_VERIFY_WITH_TIMEOUT(change->isEnabled(), journey::patience());
        QVERIFY(journey::tabTo(*window, change));
        QTest::keyClick(change, Qt::Key_Space);
        fill(*window, QStringLiteral("learningRateField"), QStringLiteral("3e-3"));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*started), JobState::Finished, journey::patience());
        const auto parent = fixture.runs->folder(*started).value();
        const auto recipe = parent.recipe();
        QVERIFY(recipe.has_value());
        QCOMPARE(recipe->stages[0].changes.size(), std::size_t{1});
        QCOMPARE(recipe->stages[0].changes[0].value, 3e-3);

        auto* duplicate = window->findChild<QPushButton*>(QStringLiteral("duplicateButton"));
        QTRY_VERIFY(duplicate->isVisible());
        QVERIFY(journey::tabTo(*window, duplicate));
        QTest::keyClick(duplicate, Qt::Key_Space);
        QTRY_COMPARE(window->currentPage(), QStringLiteral("experiment"));
        QCOMPARE(pageOf<ExperimentPage>(*window).draft().config().stages[0].changes, recipe->stages[0].changes);
        QTRY_VERIFY_WITH_TIMEOUT(pageOf<ExperimentPage>(*window).canStart(), journey::patience());
        QTest::keyClick(window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(
            pageOf<RunsPage>(*window).shownRun() != *started && window->currentPage() == QStringLiteral("runs"), 20'000);
        const QString again = pageOf<RunsPage>(*window).shownRun();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(again), JobState::Finished, journey::patience());
        const auto repeated = fixture.runs->folder(again).value();
        if (!journey::hasRealWorker()) {
            return; // the fake one trains nothing, and cannot branch
        }
        QCOMPARE(journey::lossesOnDisk(repeated), journey::lossesOnDisk(parent));
        QCOMPARE(adapterHash(repeated), adapterHash(parent));

        auto* branch = window->findChild<QPushButton*>(QStringLiteral("branchButton"));
        QTRY_VERIFY(branch->isEnabled());
        QVERIFY(journey::tabTo(*window, branch));
        QTest::keyClick(branch, Qt::Key_Space);
        fill(*window, QStringLiteral("stepsField"), QString::number(kSteps + 2));
        QTRY_VERIFY_WITH_TIMEOUT(pageOf<RunsPage>(*window).shownRun() != again, 60'000);
        const QString longer = pageOf<RunsPage>(*window).shownRun();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(longer), JobState::Finished, journey::patience());
        const auto losses = journey::lossesOnDisk(fixture.runs->folder(longer).value());
        QCOMPARE(losses.size(), journey::lossesOnDisk(parent).size() + 2);
        for (const auto& [step, loss] : journey::lossesOnDisk(parent)) {
            QCOMPARE(losses.at(step), loss);
        }
    }

private:
    static constexpr int kSteps = 10;

    static experiment::RunConfig oneStage()
    {
        experiment::RunConfig config = WindowFixture::shortConfig(kSteps);
        config.stages.resize(1);
        config.evaluation.tasks.resize(1);
        config.evaluation.tasks[0].limit = 2;
        config.evaluation.beforeTraining = false;
        config.evaluation.everySteps = 0;
        config.evaluation.maxNewTokens = 8;
        return config;
    }

    /// Types into one field of the dialog that is open, and confirms.
    static void fill(MainWindow& window, const QString& name, const QString& text)
    {
        QTRY_VERIFY(window.findChild<ChangeDialog*>() != nullptr);
        auto* dialog = window.findChild<ChangeDialog*>();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        dialog->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), dialog);
        QTRY_VERIFY(QApplication::focusWidget() != nullptr && dialog->isAncestorOf(QApplication::focusWidget()));
        auto* field = dialog->findChild<QLineEdit*>(name);
        QVERIFY(journey::tabTo(*dialog, field));
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
        QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("applyChanges"))->isEnabled());
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(window.findChild<ChangeDialog*>() == nullptr);
        window.activateWindow(); // where no window manager does it
        QTRY_COMPARE(QApplication::activeWindow(), &window);
    }

    static std::string adapterHash(const jobs::RunFolder& run)
    {
        return sha256OfFile(run.adapterFolder(0, experiment::StageKind::LoriD) / "adapter_model.safetensors").value();
    }
};

LORI_TEST(InteractiveJourneyTest)
#include "interactive_journey_test.moc"
