// SPDX-License-Identifier: GPL-3.0-or-later
// The settings: found by words, in force at once, and a trash that gives the disk back.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/dialogs/settings_dialog.h"
#include "ui/frame/notifier.h"
#include "ui/frame/run_messages.h"
#include "ui/main_actions.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/trash_keeper.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineIsFoundByItsWords()
    {
        WindowFixture fixture;
        SettingsDialog dialog(fixture.context, nullptr);
        dialog.show();
        auto* look = dialog.findChild<QComboBox*>(QStringLiteral("settingsLook"));
        auto* empty = dialog.findChild<QPushButton*>(QStringLiteral("settingsEmptyTrash"));
        QVERIFY(look->isVisible() && empty->isVisible());
        QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("settingsSearch")), QStringLiteral("TRASH run"));
        QVERIFY(!look->isVisible() && empty->isVisible());
    }

    void enterInTheSearchPressesNoButton()
    {
        WindowFixture fixture;
        SettingsDialog dialog(fixture.context, nullptr);
        dialog.show();
        QSignalSpy reset(&dialog, &SettingsDialog::resetRequested);
        auto* search = dialog.findChild<QLineEdit*>(QStringLiteral("settingsSearch"));
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("language"));
        QVERIFY(dialog.findChild<QComboBox*>(QStringLiteral("settingsLanguage"))->isVisible());
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(reset.size(), 0);
        QVERIFY(dialog.isVisible());
    }

    void theDesktopTellsOfAnEndedRunWhileNobodyLooks()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        auto* messages = window->findChild<RunMessages*>();
        QStringList told;
        bool looking = false;
        messages->notifier().setShow([&](const QString&, const QString& text) { told << text; });
        messages->notifier().setIsLookedAt([&] { return looking; });
        const auto run = [&] {
            const auto id = fixture.runs->start(WindowFixture::shortConfig(2));
            [&] {
                QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), jobs::JobState::Finished, 20'000);
            }();
            return *id;
        };
        const QString id = run();
        QTRY_COMPARE(told.size(), 1);
        QVERIFY(told.front().contains(QStringLiteral("finished")));
        QSignalSpy asked(messages, &RunMessages::windowAsked);
        messages->notifier().open();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(window->currentPage(), QStringLiteral("runs"));
        looking = true;
        run();
        looking = false;
        SettingsDialog dialog(fixture.context, nullptr);
        dialog.findChild<QCheckBox*>(QStringLiteral("settingsNotify"))->setChecked(false);
        run();
        QTest::qWait(50);
        QCOMPARE(told.size(), 1); // nobody is told what is seen, or what was switched off
        QVERIFY(!fixture.preferences->notifies());
        fixture.preferences->setNotifies(true);
    }

    void theLanguageChangesAtOnce()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->actions().settings->trigger();
        auto* box = window->findChild<QComboBox*>(QStringLiteral("settingsLanguage"));
        QVERIFY(box != nullptr);
        box->setCurrentIndex(2);
        Q_EMIT box->activated(2);
        QTRY_VERIFY(window->actions().newExperiment->text().contains(QStringLiteral("新实验")));
        QCOMPARE(fixture.preferences->language(), QStringLiteral("zh_CN"));
        window->actions().languages[1]->trigger();
    }

    void whatLayInTheTrashForItsTimeIsDeletedAndNothingElse()
    {
        constexpr std::int64_t kDay = TrashKeeper::kDayMs;
        WindowFixture fixture;
        const auto old = jobs::RunFolder::create(fixture.home, WindowFixture::shortConfig()).value();
        const auto kept = jobs::RunFolder::create(fixture.home, WindowFixture::shortConfig()).value();
        const QString id = QString::fromStdString(old.id());
        fixture.preferences->setTrashRule(30, 0); // as before the first start; settings outlive a fixture
        TrashKeeper keeper(*fixture.history, *fixture.preferences);
        const std::int64_t since = fixture.preferences->trashRuleSinceMs();
        QVERIFY(since > 0); // from the first time on
        const QSignalSpy told(&keeper, &TrashKeeper::deleting);
        fixture.history->setUndoStack(&fixture.undo);
        fixture.history->open();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.history->find(id).has_value(), 10'000);
        fixture.history->moveToTrash(id);
        const auto trashedMs = [&] {
            const auto detail = fixture.history->find(id);
            return detail ? detail->summary.trashedMs.value_or(0) : 0;
        };
        QTRY_VERIFY(trashedMs() > 0);
        const std::int64_t put = trashedMs();
        QVERIFY(keeper.over(put + 30 * kDay).isEmpty());
        QCOMPARE(keeper.over(put + 30 * kDay + 1), QStringList{id});
        fixture.preferences->setTrashRule(30, put + kDay); // chosen a day later: its time begins there
        QVERIFY(keeper.over(put + 31 * kDay).isEmpty());
        QCOMPARE(keeper.over(put + 31 * kDay + 1), QStringList{id});
        fixture.preferences->setTrashRule(0, put);
        QVERIFY(keeper.over(put + 10'000 * kDay).isEmpty()); // never

        SettingsDialog dialog(fixture.context, nullptr);
        auto* days = dialog.findChild<QComboBox*>(QStringLiteral("settingsTrashDays"));
        QCOMPARE(days->currentData().toInt(), 0);
        days->setCurrentIndex(days->findData(90));
        Q_EMIT days->activated(days->currentIndex());
        QCOMPARE(fixture.preferences->trashDays(), 90);
        QVERIFY(fixture.preferences->trashRuleSinceMs() >= put);

        const std::filesystem::path trashed = fixture.home.trash() / old.id();
        QTRY_VERIFY(std::filesystem::exists(trashed));
        QCOMPARE(told.count(), 0); // nothing was old until now
        keeper.look(fixture.preferences->trashRuleSinceMs() + 91 * kDay);
        QCOMPARE(told.count(), 1);
        QTRY_VERIFY(!std::filesystem::exists(trashed));
        QTRY_VERIFY(!fixture.history->find(id).has_value());
        QVERIFY(std::filesystem::exists(kept.path())); // it was never put there
        fixture.preferences->setTrashRule(30, 0);
    }

    void newExperimentsTakeTheThreadsOfTheSettings()
    {
        WindowFixture fixture;
        fixture.preferences->setThreads(3); // what another machine chose is offered, too
        SettingsDialog dialog(fixture.context, nullptr);
        auto* threads = dialog.findChild<QComboBox*>(QStringLiteral("settingsThreads"));
        QCOMPARE(threads->currentData().toInt(), 3);
        const auto window = fixture.makeWindow();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.usePreset("quick-look");
        QCOMPARE(page.draft().config().threads, std::int64_t{3});
        QVERIFY(page.draft().changedPaths().empty()); // it began so
        threads->setCurrentIndex(threads->findData(0));
        Q_EMIT threads->activated(threads->currentIndex());
        QCOMPARE(fixture.preferences->threads(), 0);
        QCOMPARE(page.draft().config().threads, std::int64_t{3}); // what is set up stays
        page.usePreset("paper-lori-d");
        QCOMPARE(page.draft().config().threads, std::int64_t{0});
    }

    void emptyingTheTrashDeletesFoldersAfterASecondClick()
    {
        WindowFixture fixture;
        const auto run = jobs::RunFolder::create(fixture.home, WindowFixture::shortConfig()).value();
        const QString id = QString::fromStdString(run.id());
        fixture.history->setUndoStack(&fixture.undo);
        fixture.history->open();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.history->find(id).has_value(), 10'000);
        fixture.history->moveToTrash(id);
        const std::filesystem::path trashed = fixture.home.trash() / run.id();
        QTRY_VERIFY(std::filesystem::exists(trashed));
        SettingsDialog dialog(fixture.context, nullptr);
        dialog.show();
        auto* empty = dialog.findChild<QPushButton*>(QStringLiteral("settingsEmptyTrash"));
        auto* really = dialog.findChild<QPushButton*>(QStringLiteral("settingsEmptyReally"));
        QTRY_VERIFY(empty->isEnabled());
        QVERIFY(!really->isVisible());
        empty->click();
        QVERIFY(really->isVisible());
        QVERIFY(std::filesystem::exists(trashed)); // nothing was deleted by the first click
        really->click();
        QTRY_VERIFY(!std::filesystem::exists(trashed));
        QTRY_VERIFY(!fixture.history->find(id).has_value());
        QTRY_VERIFY(!empty->isEnabled());
    }
};

} // namespace

LORI_TEST(SettingsTest)
#include "settings_test.moc"
