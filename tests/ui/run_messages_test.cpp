// SPDX-License-Identifier: GPL-3.0-or-later
// What the message bar says of runs: once, as long as it matters, and with an answer that suits the run's state.
#include "core/jobs/control.h"
#include "tests/support/test_registry.h"
#include "tests/ui/run_events.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/main_actions.h"
#include "ui/pages/home/home_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/error_text.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::kPatience;
using ui::test::stepsSeen;
using ui::test::WindowFixture;

namespace {

/// How often the shown notes of the page say exactly this.
int notesThatSay(MainWindow& window, const QString& text)
{
    int count = 0;
    for (const QLabel* note : pageOf<RunsPage>(window).findChildren<QLabel*>(QStringLiteral("runNoteText"))) {
        count += note->isVisible() && note->text() == text ? 1 : 0;
    }
    return count;
}

} // namespace

class RunMessagesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qunsetenv("FAKE_FAIL");
        qunsetenv("FAKE_CHANGED");
        qputenv("FAKE_STEP_MS", "2");
    }
    void cleanup() { qunsetenv("FAKE_FAIL"); }

    void aFailureIsSaidOnceOnTheRunsPage()
    {
        qputenv("FAKE_FAIL", "1");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(200));
        QVERIFY(id.has_value());
        window->showRun(*id);
        MessageBar& messages = *fixture.context.messages;
        QTRY_VERIFY_WITH_TIMEOUT(messages.text().contains(QStringLiteral("failed")), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Failed, kPatience);
        const QString said = ErrorText::sentence(fixture.runs->failure(*id).value());
        QVERIFY(messages.isVisible() && messages.text().contains(said));
        QCOMPARE(messages.topic(), *id);
        QTest::qWait(400); // longer than the page's head waits for more
        QCOMPARE(notesThatSay(*window, said), 0);
        window->findChild<QToolButton*>(QStringLiteral("messageClose"))->click();
        QVERIFY(!messages.isVisible());
        QTRY_COMPARE(notesThatSay(*window, said), 1); // now the page says it, for as long as it is so
        messages.post(Tone::Alarm, QStringLiteral("Something else"));
        QCOMPARE(notesThatSay(*window, said), 1);
    }

    void whatIsSaidInPassingGoesWhenSomethingElseIsDone()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        MessageBar& messages = *fixture.context.messages;
        QWidget& page = pageOf<HomePage>(*window);
        const QPoint before = page.mapTo(window.get(), QPoint(0, 0));
        messages.post(Tone::Quiet, QStringLiteral("Saved: a.csv"));
        QTest::mouseClick(&page, Qt::LeftButton, {}, QPoint(2, 2));
        QTest::qWait(50);
        QVERIFY(messages.isVisible());                            // nobody can have read it yet
        QCOMPARE(page.mapTo(window.get(), QPoint(0, 0)), before); // and it moves nothing: it is below the page
        QVERIFY(messages.mapTo(window.get(), QPoint(0, 0)).y() >= before.y() + page.height());
        QTest::qWait(MessageBar::kReadMs + 100);
        QVERIFY(messages.isVisible()); // as long as nothing is done
        QTest::mouseClick(&messages, Qt::LeftButton, {}, QPoint(2, 2));
        QTest::mouseClick(window->findChild<QLabel*>(QStringLiteral("messageText")), Qt::LeftButton);
        QTest::keyClick(&page, Qt::Key_Tab);
        QTest::qWait(50);
        QVERIFY(messages.isVisible()); // all that is done with the message
        QTest::mouseClick(&page, Qt::LeftButton, {}, QPoint(2, 2));
        QTRY_VERIFY(!messages.isVisible());
    }

    void goingToAnotherPageLeavesWhatWasSaidInPassing()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        MessageBar& messages = *fixture.context.messages;
        const QList<QAction*>& pages = window->actions().pages;
        for (const Tone tone : {Tone::Quiet, Tone::Good}) {
            messages.post(tone, QStringLiteral("Saved: a.csv"));
            pages[tone == Tone::Quiet ? 1 : 2]->trigger();
            QVERIFY(!messages.isVisible());
        }
        for (const Tone tone : {Tone::Caution, Tone::Alarm, Tone::Accent}) {
            messages.post(tone, QStringLiteral("Look here"));
            pages[1]->trigger();
            pages[2]->trigger();
            QVERIFY(messages.isVisible());
        }
        messages.ask(Tone::Quiet, QStringLiteral("Really?"), {{QStringLiteral("Yes"), {}}});
        pages[1]->trigger();
        QVERIFY(messages.isVisible() && messages.isAsking());
        messages.dismiss();
    }

    void aPausedRunCanBeKeptWhenItIsToBeDiscardedOrTheWindowClosed()
    {
        qputenv("FAKE_STEP_MS", "20");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const auto id = fixture.runs->start(WindowFixture::shortConfig(2000));
        QVERIFY(id.has_value());
        window->showRun(*id);
        const auto action = [&](int place) {
            for (auto* button : window->findChildren<QPushButton*>(QStringLiteral("messageAction%1").arg(place))) {
                if (button->isVisible()) { // one of the message before may still wait for its end
                    return button;
                }
            }
            return static_cast<QPushButton*>(nullptr);
        };
        QTRY_VERIFY_WITH_TIMEOUT(stepsSeen(*fixture.runs, *id) > 2, kPatience);
        pageOf<RunsPage>(*window).discard();
        QVERIFY(action(0) != nullptr);
        QCOMPARE(action(0)->text(), QStringLiteral("Go on with the run"));
        action(0)->click();
        window->close(); // while it runs
        QVERIFY(window->isVisible() && fixture.context.messages->isAsking());
        QVERIFY2(fixture.context.messages->text().contains(QStringLiteral("at work")),
                 qPrintable(fixture.context.messages->text()));
        QCOMPARE(action(0)->text(), QStringLiteral("Keep running in the background"));
        action(2)->click(); // Cancel

        QVERIFY(fixture.runs->send(*id, jobs::Command::Pause).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Paused, kPatience);
        const std::int64_t before = stepsSeen(*fixture.runs, *id);
        pageOf<RunsPage>(*window).discard();
        QVERIFY(fixture.context.messages->isAsking());
        QCOMPARE(action(0)->text(), QStringLiteral("Keep it")); // it does not go on by that
        action(0)->click();
        QVERIFY(!fixture.context.messages->isAsking());
        window->close();
        QVERIFY(window->isVisible() && fixture.context.messages->isAsking());
        const QString asked = fixture.context.messages->text();
        QVERIFY2(asked.contains(QStringLiteral("paused")) && !asked.contains(QStringLiteral("at work")), qPrintable(asked));
        QCOMPARE(action(0)->text(), QStringLiteral("Leave it paused"));
        action(2)->click();
        QVERIFY(window->isVisible());
        QCOMPARE(fixture.runs->state(*id), JobState::Paused);
        QCOMPARE(stepsSeen(*fixture.runs, *id), before);
        QVERIFY(fixture.runs->send(*id, jobs::Command::StopAndKeep).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(*id), JobState::Stopped, kPatience);
    }
};

LORI_TEST(RunMessagesTest)
#include "run_messages_test.moc"
